package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/**
 * The blocks of README.md do what they say, one after the other, for somebody with an empty home and a clouds.yaml. Three things are not
 * as they stand there: {@code ./check} is not run, since it runs this; {@code serve} goes on while the rest is run, as in another terminal;
 * and it takes a free port instead of the usual one, which the other blocks then name.
 */
@Tag("program")
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String USUAL_ADDRESS = "127.0.0.1:50051";
    private static final String CHECK = "./check";
    private static final String SERVE = "./oaktree serve ";

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults().withServers(3));
    private final StringBuilder out = new StringBuilder();
    private Shell shell = Shell.in(Path.of(""));
    private @Nullable RunningProgram server;

    @TempDir
    private Path home;

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
        cloud.close();
    }

    @Test
    void everyBlockDoesWhatItSays() throws Exception {
        Path configuration = Files.createDirectories(home.resolve(".config/openstack"));
        Files.writeString(configuration.resolve("clouds.yaml"), cloud.cloudsYaml());
        shell = Shell.in(home).withPath(Grpcurl.folder()).with("OS_CLOUD", "simcloud");
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(Shell.PROJECT.resolve("README.md")))
                .results()
                .toList();
        for (MatchResult block : blocks) {
            switch (block.group(1)) {
                case "sh" -> commands(block.group(2));
                case "python" -> save(block.group(2));
                default -> throw new AssertionError("nothing is known of blocks of " + block.group(1));
            }
        }
        assertThat(out)
                .as("demo, config check, server list, grpcurl list, grpcurl ListFlavors, Python")
                .contains("$ oaktree cloud list")
                .containsPattern("(?s)Default cloud: simcloud.*\\| server-00000 \\| ACTIVE ")
                .contains("\"ram_mib\": 2048")
                .contains("oaktree.compute.v1.Servers\n")
                .contains("\"name\": \"m1.nano\"")
                .contains("server-00000 ACTIVE 10.128.0.2");
        RunningProgram running = Objects.requireNonNull(server);
        running.terminate();
        running.end().well();
        System.out.println("readme: " + blocks.size() + " blocks run");
    }

    private void commands(String block) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (String line : block.lines().toList()) {
            if (line.startsWith(SERVE)) {
                assertThat(server).as("one server").isNull();
                run(script.toString());
                script.setLength(0);
                server = shell.serve("--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0");
                shell = shell.with("OAKTREE_ADDRESS", server.address());
            } else if (!line.startsWith(CHECK)) {
                script.append(line).append('\n');
            }
        }
        run(script.toString());
    }

    private void run(String script) throws IOException, InterruptedException {
        out.append(shell.script(atOurAddress(script)).well().out());
    }

    /** The first line of a program says where it is kept. */
    private void save(String program) throws IOException {
        Matcher file = Pattern.compile("# ~/(\\S+)\\n").matcher(program);
        assertThat(file.lookingAt()).isTrue();
        Files.writeString(home.resolve(file.group(1)), atOurAddress(program));
    }

    private String atOurAddress(String text) {
        return server == null ? text : text.replace(USUAL_ADDRESS, server.address());
    }
}
