package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/** grpcurl talks to {@code oaktree serve} before a simulated cloud, and to {@code oaktree demo} as that says. */
@Tag("program")
class GrpcurlTest {
    /**
     * Runs its arguments on a terminal of 120 columns; what is typed into it goes there. Whose parent runs in the background of a script
     * ignores SIGINT, and would pass that on; who sits before a terminal does not.
     */
    private static final String TERMINAL =
            "import os, pty, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); sys.exit(os.waitstatus_to_exitcode(pty.spawn(['sh', '-c', 'stty cols 120 -echo; exec \"$@\"', 'sh'] + sys.argv[1:])))";

    @TempDir
    private Path home;

    @Test
    void showsAndCallsWhatTheServerHas() throws Exception {
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults().withServers(3))) {
            Path clouds = Files.writeString(home.resolve("clouds.yaml"), cloud.cloudsYaml());
            Shell shell = Shell.in(home)
                    .with("OS_CLIENT_CONFIG_FILE", clouds.toString())
                    .with("OS_CLOUD", "simcloud");
            try (RunningProgram server = shell.serve("--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0")) {
                GrpcurlCases grpcurl = new GrpcurlCases(shell, server);
                grpcurl.withoutToken();
                int services = grpcurl.services();
                assertThat(grpcurl.servers()).containsExactlyInAnyOrder("server-00000", "server-00001", "server-00002");
                assertThat(grpcurl.flavorsOf2016()).contains("m1.nano", "m1.xlarge");
                System.out.println(
                        "program: sim, grpcurl lists " + services + " services and calls them with the token only");
            }
        }
    }

    @Test
    void onATerminalTheDemoStaysUpAndSaysHowToCallIt() throws Exception {
        Shell shell = Shell.in(home).withPath(Grpcurl.folder());
        String[] command = Shell.launcher("demo", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0");
        String[] onTerminal = new String[command.length + 3];
        System.arraycopy(new String[] {"python3", "-c", TERMINAL}, 0, onTerminal, 0, 3);
        System.arraycopy(command, 0, onTerminal, 3, command.length);
        try (RunningProgram demo = shell.start(onTerminal)) {
            demo.linesUntil("It stays up until you press Ctrl-C");
            List<String> commands = demo.linesUntil("From Python");
            assertThat(commands).hasSize(2);
            assertThat(commands.get(0)).startsWith("./oaktree flavor list ");
            assertThat(shell.script(commands.get(0)).well().out()).contains("| m1.nano ");
            assertThat(commands.get(1)).startsWith("grpcurl ");
            assertThat(shell.script(commands.get(1)).well().out()).contains("\"name\": \"m1.nano\"");
            demo.type("\u0003");
            demo.end().well();
        }
    }
}
