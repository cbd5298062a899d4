package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** grpcurl talks to {@code oaktree serve} before the real OpenStack that {@code testcloud/up} started. */
@Tag("program")
@Tag("real")
class RealGrpcurlTest {
    @TempDir
    private Path home;

    @Test
    void showsAndCallsWhatTheServerHas() throws Exception {
        Shell shell = Shell.in(home)
                .with(
                        "OS_CLIENT_CONFIG_FILE",
                        Objects.requireNonNull(System.getProperty("oaktree.test.clouds"), "oaktree.test.clouds"))
                .with("OS_CLOUD", "demo");
        shell.oaktree("config", "check").well();
        try (RunningProgram server = shell.serve("--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0")) {
            GrpcurlCases grpcurl = new GrpcurlCases(shell, server);
            grpcurl.withoutToken();
            int services = grpcurl.services();
            List<String> servers = grpcurl.servers();
            List<String> flavors = shell.with("OAKTREE_ADDRESS", server.address())
                    .oaktree("flavor", "list", "-f", "value", "-c", "Name")
                    .well()
                    .out()
                    .lines()
                    .toList();
            assertThat(grpcurl.flavorsOf2016()).contains("m1.nano").containsExactlyInAnyOrderElementsOf(flavors);
            System.out.println(
                    "program: real, grpcurl lists " + services + " services, and " + servers.size() + " servers");
            server.terminate();
            server.end().well();
        }
    }
}
