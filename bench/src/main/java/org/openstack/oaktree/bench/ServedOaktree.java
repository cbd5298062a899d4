package org.openstack.oaktree.bench;

import io.grpc.Metadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.app.Main;

/** {@code oaktree serve} in a process of its own, as a user starts it: with a token, metrics and logs. */
final class ServedOaktree implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Program program;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServedOaktree(Program program, String token) {
        this.program = program;
        this.token = token;
    }

    /**
     * Serves the clouds of a file.
     *
     * @param folder gets its token file and log
     * @param flags of its JVM
     */
    static ServedOaktree start(Path cloudsYaml, Path folder, String... flags) throws IOException {
        Path tokenFile = Files.createTempDirectory(folder, "oaktree").resolve("token");
        Program program = Program.start(
                Main.class,
                List.of(flags),
                Map.of("OS_CLIENT_CONFIG_FILE", cloudsYaml.toString()),
                tokenFile.resolveSibling("log"),
                "serve",
                "--listen=127.0.0.1:0",
                "--http-listen=127.0.0.1:0",
                "--token-file=" + tokenFile);
        return new ServedOaktree(program, Files.readString(tokenFile).strip());
    }

    Program program() {
        return program;
    }

    /** {@code HOST:PORT} of gRPC. */
    String address() {
        return program.ready("grpc");
    }

    /** What callers show. */
    Metadata headers() {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return headers;
    }

    /** Requests that it has sent to clouds since it was started. */
    UpstreamCalls upstream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + program.ready("http") + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return UpstreamCalls.read(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        http.close();
        program.close();
    }
}
