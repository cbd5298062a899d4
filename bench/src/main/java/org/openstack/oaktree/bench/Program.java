package org.openstack.oaktree.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java program in a process of its own, on the class path and with the JVM's flags of this one. It is ended when this is closed. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final String readyLine;

    private Program(Process process, String readyLine) {
        this.process = process;
        this.readyLine = readyLine;
    }

    /**
     * Starts a program; returns when it has printed the line by which it says that it is ready.
     *
     * @param flags of its JVM, besides those of this one
     * @param log gets what it writes to standard error
     * @throws IOException when it ends without that
     */
    static Program start(
            Class<?> main, List<String> flags, Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        // Nothing of the caller's own clouds may have a part in it.
        builder.environment().keySet().removeIf(name -> name.startsWith("OS_") || name.startsWith("OAKTREE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.contains(" ready ")) {
            line = output.readLine();
        }
        if (line == null) {
            process.destroy();
            throw new IOException(main.getSimpleName() + " did not start: " + Files.readString(log));
        }
        return new Program(process, line);
    }

    String readyLine() {
        return readyLine;
    }

    /** The value of {@code name=value} in the ready line. */
    String ready(String name) {
        for (String word : readyLine.split(" ", -1)) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        throw new IllegalStateException("no " + name + " in: " + readyLine);
    }

    /** What the kernel says of it. */
    ProcessFiles files() {
        return new ProcessFiles(process.pid());
    }

    /** Processor time that it has used. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
