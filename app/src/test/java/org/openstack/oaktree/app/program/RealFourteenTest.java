package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.app.contract.OwnProject;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;

/** {@code docs/the-fourteen.sh} does what it says, on the real OpenStack that {@code testcloud/up} started, in a project of its own. */
@Tag("program")
@Tag("real")
class RealFourteenTest {
    private static final String SCRIPT = "docs/the-fourteen.sh";

    @TempDir
    private Path home;

    @Test
    void doesAllFourteenByGrpcurlAlone() throws Exception {
        Path clouds = Path.of(Objects.requireNonNull(System.getProperty("oaktree.test.clouds"), "oaktree.test.clouds"));
        String name = "fourteen-" + UUID.randomUUID().toString().substring(0, 8);
        try (OwnProject project = new OwnProject(clouds, home, name)) {
            Shell shell = Shell.in(home)
                    .withPath(Grpcurl.folder())
                    .with("OS_CLIENT_CONFIG_FILE", cloudOf(clouds, name).toString())
                    .with("OS_CLOUD", "own");
            try (RunningProgram server = shell.serve("--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0")) {
                String out = shell.with("OAKTREE_ADDRESS", server.address())
                        .with("OAKTREE_TOKEN_FILE", server.tokenFile())
                        .with("MIN_AGE", "0s")
                        .run(Shell.PROJECT.resolve(SCRIPT).toString(), "tiny", "m1.nano", name)
                        .well()
                        .out();
                List<String> steps =
                        out.lines().filter(line -> line.matches("== \\d+ .*")).toList();
                assertThat(steps).hasSize(14);
                assertThat(steps.getLast()).startsWith("== 14 ");
                assertThat(out).endsWith("== done\n");
                // What the last one has deleted is told.
                assertThat(out.substring(out.indexOf("== 14 "))).contains("(oaktree)");
                assertThat(out).contains("\"private_key\": \"...\"").doesNotContain("PRIVATE KEY");
                assertThat(project.isEmpty()).isTrue();
                System.out.println("program: real, " + SCRIPT + ": " + steps.size() + " operations by grpcurl alone");
                server.terminate();
                server.end().well();
            }
        }
    }

    /** A file with one cloud: the project of that name as user demo sees it. */
    private Path cloudOf(Path clouds, String project) throws Exception {
        ConfigEnvironment environment = new ConfigEnvironment(Map.of(), home, home, List.of()).withCloudsFile(clouds);
        StringBuilder text = new StringBuilder("clouds:\n  own:\n    region_name: RegionOne\n    auth:\n");
        CloudsConfiguration.load(environment)
                .cloud("demo", "RegionOne")
                .auth()
                .forEach((key, value) -> text.append("      ")
                        .append(key)
                        .append(": '")
                        .append(key.equals("project_name") ? project : value.replace("'", "''"))
                        .append("'\n"));
        return Files.writeString(home.resolve("own.yaml"), text);
    }
}
