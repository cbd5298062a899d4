package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The program grpcurl, built from its sources when it is not there yet. */
final class Grpcurl {
    private static final String VERSION =
            Objects.requireNonNull(System.getProperty("oaktree.test.grpcurl.version"), "oaktree.test.grpcurl.version");

    private Grpcurl() {}

    /** The folder that it is in. */
    static synchronized Path folder() throws IOException, InterruptedException {
        Path folder = Shell.PROJECT.resolve("app/target/grpcurl-" + VERSION);
        if (!Files.isExecutable(folder.resolve("grpcurl"))) {
            Path log = Files.createTempFile("grpcurl", ".log");
            ProcessBuilder go = new ProcessBuilder(
                            "go", "install", "github.com/fullstorydev/grpcurl/cmd/grpcurl@v" + VERSION)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            go.environment().put("GOBIN", folder.toString());
            int status = go.start().waitFor();
            assertThat(status).as(Files.readString(log)).isZero();
            Files.delete(log);
        }
        return folder;
    }
}
