package org.openstack.oaktree.app.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of oaktree that has said where it listens. Closing it kills it, if it did not end by itself. */
public final class RunningProgram implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("oaktree ready grpc=(\\S+) http=(\\S+) token-file=(\\S+)");
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path err;
    private final BufferedReader out;
    private final Matcher ready;

    RunningProgram(Process process, Path err) throws IOException {
        this.process = process;
        this.err = err;
        out = process.inputReader();
        String line = soon(this::line);
        ready = READY.matcher(line.strip());
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("it said '" + line + "' and " + Files.readString(err));
        }
    }

    /** The lines of its standard output from here to the first that begins so, without that one. */
    List<String> linesUntil(String beginning) {
        return soon(() -> {
            List<String> lines = new ArrayList<>();
            for (String line = out.readLine(); line == null || !line.startsWith(beginning); line = out.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("it said " + lines + " and " + err());
                }
                lines.add(line.strip());
            }
            return lines;
        });
    }

    private String line() {
        try {
            String line = out.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Answer<T> {
        T get() throws IOException;
    }

    private static <T> T soon(Answer<T> answer) {
        CompletableFuture<T> later = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                later.complete(answer.get());
            } catch (IOException | RuntimeException e) {
                later.completeExceptionally(e);
            }
        });
        try {
            return later.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code OAKTREE_ADDRESS} takes. */
    public String address() {
        return ready.group(1);
    }

    /** Where the HTTP side is: HOST:PORT. */
    String httpAddress() {
        return ready.group(2);
    }

    /** File with its token; "-" when it asks for none. */
    public String tokenFile() {
        return ready.group(3);
    }

    /** All that it has written to standard error. */
    String err() throws IOException {
        return Files.readString(err);
    }

    /** Status of an HTTP GET from its HTTP side; 0 when nobody answers. */
    int get(String path) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + httpAddress() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Sends SIGTERM. */
    void terminate() {
        // Not the process itself: that would close its output, too.
        process.toHandle().destroy();
    }

    /** Types this. */
    void type(String text) throws IOException {
        process.outputWriter().append(text).flush();
    }

    /** Waits until it has ended. Its exit status, and what it wrote since the last line that was read. */
    Shell.Finished end() throws IOException {
        String rest = soon(() -> {
            StringBuilder text = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                text.append(line).append('\n');
            }
            return text.toString();
        });
        int status = soon(() -> {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return new Shell.Finished(status, rest, err());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it by SIGKILL, and returns when it has ended. */
    @Override
    public void close() {
        ProcessHandle launched = process.toHandle();
        launched.destroyForcibly();
        launched.onExit().join();
    }
}
