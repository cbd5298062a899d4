package org.openstack.oaktree.simcloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a simulated cloud as a program of its own: {@code Main [--port N] [--servers N] [--control-token-file FILE] CLOUDS_YAML}.
 * It writes CLOUDS_YAML, prints one line when it answers, and ends on SIGTERM.
 */
public final class Main {
    private Main() {}

    /** The program. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        SimOptions options = SimOptions.defaults();
        Path cloudsYaml = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--port" -> options = options.withPort(Integer.parseInt(arguments[++i]));
                case "--servers" -> options = options.withServers(Integer.parseInt(arguments[++i]));
                case "--control-token-file" ->
                    options = options.withControlToken(
                            Files.readString(Path.of(arguments[++i])).strip());
                default -> cloudsYaml = Path.of(arguments[i]);
            }
        }
        if (cloudsYaml == null) {
            System.err.println("usage: simcloud [--port N] [--servers N] [--control-token-file FILE] CLOUDS_YAML");
            System.exit(2);
            return;
        }
        SimCloud cloud = SimCloud.start(options);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            cloud.close();
            ended.countDown();
        }));
        Files.writeString(cloudsYaml, cloud.cloudsYaml());
        System.out.println("simcloud ready identity=" + cloud.identityUrl() + " clouds-yaml=" + cloudsYaml);
        ended.await();
    }
}
