package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.Code;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.DeleteServerResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.compute.v1.WaitForServerResponse;
import org.openstack.oaktree.v1.Location;

class WaitCommandTest {
    @TempDir
    private Path home;

    private CannedOaktree oaktree() {
        return new CannedOaktree(home, new ServersGrpc.ServersImplBase() {});
    }

    private static WaitForServerResponse server(String status, String task) {
        return WaitForServerResponse.newBuilder()
                .setServer(Server.newBuilder().setStatusText(status).setTaskState(task))
                .build();
    }

    @Test
    void aPipeSeesNothingOfAWait() {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.answer("WaitForServer", server("BUILD", "spawning")).answer("WaitForServer", server("ACTIVE", ""));
            assertThat(oaktree.run("server", "wait", "web", "--wait-timeout", "90s"))
                    .isEqualTo(new Run(0, "", ""));
            assertThat(oaktree.requests())
                    .containsExactly(WaitForServerRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setServer("web")
                            .setTimeout(Duration.newBuilder().setSeconds(90))
                            .build());
        }
    }

    @Test
    @Timeout(60)
    void aTerminalShowsALineThatIsGoneAtTheEnd() {
        StringWriter terminal = new StringWriter();
        Environment environment = new Environment(
                Map.of(),
                home,
                OutputStream.nullOutputStream(),
                new PrintWriter(terminal, true),
                OptionalInt.empty(),
                OptionalInt.of(20));
        try (LiveLine line = new LiveLine(environment, "server web")) {
            shows(terminal, "server web … 0 s");
            line.show("server web: BUILD, spawning");
            shows(terminal, "\r\u001b[Kserver web: BUILD, ");
        }
        assertThat(terminal.toString()).endsWith("BUILD, \r\u001b[K");
    }

    private static void shows(StringWriter terminal, String text) {
        while (!terminal.toString().contains(text)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aPipeSeesNothingOfADeletionThatWaits() {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.answer(
                    "DeleteServer",
                    DeleteServerResponse.newBuilder().setDeleted(true).build());
            assertThat(oaktree.run("server", "delete", "web", "--wait")).isEqualTo(new Run(0, "", ""));
        }
    }

    @Test
    void whatDoesNotBecomeReadyFailsAndTheOthersAreAwaited() {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.answer("WaitForServer", server("BUILD", ""))
                    .fail("WaitForServer", Code.FAILED_PRECONDITION, "RESOURCE_FAILED", "It went into ERROR.");
            Run run = oaktree.run("server", "wait", "one", "two");
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("It went into ERROR.", "RESOURCE_FAILED", "1 of 2 failed.");
            assertThat(oaktree.requests()).hasSize(2);
        }
    }
}
