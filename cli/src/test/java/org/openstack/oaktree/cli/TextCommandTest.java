package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.GetServerConsoleRequest;
import org.openstack.oaktree.compute.v1.GetServerConsoleResponse;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.v1.Location;

class TextCommandTest {
    @TempDir
    private Path home;

    @Test
    void consoleLogIsPrintedAsItIs() {
        try (CannedOaktree oaktree = new CannedOaktree(home, new ServersGrpc.ServersImplBase() {})) {
            oaktree.answer("GetServerConsole", console("[ 0.0] up\nlogin: "))
                    .answer("GetServerConsole", console("a\n"))
                    .answer("GetServerConsole", console(""));
            assertThat(oaktree.run("console", "log", "show", "web", "--lines", "2"))
                    .isEqualTo(new Run(0, "[ 0.0] up\nlogin: \n", ""));
            assertThat(oaktree.run("console", "log", "show", "web")).isEqualTo(new Run(0, "a\n", ""));
            assertThat(oaktree.run("console", "log", "show", "web")).isEqualTo(new Run(0, "", ""));
            assertThat(oaktree.requests().getFirst())
                    .isEqualTo(GetServerConsoleRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setServer("web")
                            .setLineCount(2)
                            .build());
            assertThat(oaktree.run("console", "log", "show").code()).isEqualTo(ExitCode.USAGE);
        }
    }

    private static GetServerConsoleResponse console(String output) {
        return GetServerConsoleResponse.newBuilder().setOutput(output).build();
    }
}
