package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;

/** {@code oaktree serve} from its first line to its exit status. */
@Tag("program")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeTest {
    private static final String[] ANY_PORTS = {"--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0"};

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults().withServers(3));

    @TempDir
    private Path folder;

    private Path home = Path.of("");
    private Shell shell = Shell.in(home);

    @BeforeEach
    void configure() throws IOException {
        home = Files.createTempDirectory(folder, "home");
        Path configuration = Files.createDirectories(home.resolve(".config/openstack"));
        Files.writeString(configuration.resolve("clouds.yaml"), cloud.cloudsYaml());
        shell = Shell.in(home).with("OS_CLOUD", "simcloud");
    }

    @AfterAll
    void end() {
        cloud.close();
    }

    @Test
    void saysWhereItListensAnswersItsOwnerAndEndsOnSigterm() throws Exception {
        try (RunningProgram server = shell.serve(ANY_PORTS)) {
            Path token = home.resolve(".local/state/oaktree/token");
            assertThat(server.tokenFile()).isEqualTo(token.toString());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
            assertThat(server.get("/readyz")).isEqualTo(200);

            Shell client = shell.with("OAKTREE_ADDRESS", server.address());
            assertThat(client.oaktree("server", "list", "-f", "value", "-c", "Name")
                            .well()
                            .out()
                            .lines())
                    .containsExactlyInAnyOrder("server-00000", "server-00001", "server-00002");
            Shell.Finished stranger =
                    client.with("OAKTREE_TOKEN_FILE", "/dev/null").oaktree("server", "list");
            assertThat(stranger.status()).isEqualTo(3);
            assertThat(stranger.err()).contains("TOKEN_MISSING");

            server.terminate();
            Shell.Finished ended = server.end().well();
            assertThat(ended.out()).as("one line, no more").isEmpty();
            assertThat(ended.err())
                    .contains("shutting down: 0 calls in flight")
                    .doesNotContain(Files.readString(token).strip());
            assertThat(ended.err().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }
    }

    @Test
    void onSigtermTheCallInFlightIsAnsweredAndNewOnesAreRefused() throws Exception {
        try (RunningProgram server = shell.serve(ANY_PORTS)) {
            Shell client = shell.with("OAKTREE_ADDRESS", server.address());
            Faults.Active hang = cloud.faults()
                    .add(FaultRule.on("compute", new Fault.Hang()).method("GET").path("/v2.1/servers/**"));
            Process inFlight = client.begin("server", "list", "-f", "value", "-c", "Name");
            while (hang.struck() == 0) {
                assertThat(inFlight.isAlive()).isTrue();
                Thread.onSpinWait();
            }

            server.terminate();
            while (server.get("/readyz") != 503) {
                assertThat(server.isAlive()).isTrue();
            }
            Shell.Finished refused = client.oaktree("flavor", "list");
            assertThat(refused.err()).contains("(UNAVAILABLE, SHUTTING_DOWN)");
            assertThat(refused.status()).isNotZero();
            assertThat(inFlight.isAlive()).isTrue();
            assertThat(server.isAlive()).isTrue();

            // The connection is reset, and a GET may be sent again: now the cloud answers.
            hang.remove();
            assertThat(inFlight.inputReader().lines())
                    .containsExactlyInAnyOrder("server-00000", "server-00001", "server-00002");
            assertThat(inFlight.waitFor()).isZero();
            assertThat(server.end().well().err()).contains("shutting down: 1 calls in flight");
        }
    }

    @Test
    void servesOnASocketOfItsOwner() throws Exception {
        Path socket = home.resolve("oaktree.sock");
        try (RunningProgram server = shell.serve("--listen", "unix:" + socket, "--http-listen", "127.0.0.1:0")) {
            assertThat(server.address()).isEqualTo("unix:" + socket);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .endsWith("------");
            shell.with("OAKTREE_ADDRESS", server.address())
                    .oaktree("flavor", "show", "m1.nano")
                    .well();

            Shell.Finished second =
                    shell.oaktree("serve", "--listen", "unix:" + socket, "--http-listen", "127.0.0.1:0");
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains(socket.toString());

            server.terminate();
            server.end().well();
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void withoutAuthItAsksForNoTokenAndSaysSoWhateverTheLogLevel() throws Exception {
        try (RunningProgram server = shell.serve(
                "--no-auth", "--log-level", "error", ANY_PORTS[0], ANY_PORTS[1], ANY_PORTS[2], ANY_PORTS[3])) {
            assertThat(server.tokenFile()).isEqualTo("-");
            assertThat(server.err()).contains("NO TOKEN IS ASKED FOR");
            assertThat(home.resolve(".local")).doesNotExist();
            shell.with("OAKTREE_ADDRESS", server.address())
                    .oaktree("flavor", "show", "m1.nano")
                    .well();
        }
    }

    @Test
    void anAddressInUseIsNamedWithTheOptionThatHelps() throws Exception {
        try (RunningProgram server = shell.serve(ANY_PORTS)) {
            Shell.Finished grpc = shell.oaktree("serve", "--listen", server.address(), "--http-listen", "127.0.0.1:0");
            assertThat(grpc.status()).isEqualTo(1);
            assertThat(grpc.out()).isEmpty();
            assertThat(grpc.err())
                    .contains(server.address(), "Address already in use", "--listen")
                    .doesNotContain("\tat ");

            Shell.Finished http =
                    shell.oaktree("serve", "--listen", "127.0.0.1:0", "--http-listen", server.httpAddress());
            assertThat(http.status()).isEqualTo(1);
            assertThat(http.out()).isEmpty();
            assertThat(http.err())
                    .contains(server.httpAddress(), "Address already in use", "--http-listen")
                    .doesNotContain("\tat ");
            assertThat(server.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            serve --listen 0.0.0.0:50051               | --listen
            serve --drain-timeout -1                   | --drain-timeout
            serve --log-level loud                     | --log-level
            serve --nonsense                           | --nonsense
            nonsense                                   | nonsense
            """)
    void aWrongCommandLineEndsWith2(String arguments, String named) throws Exception {
        Shell.Finished finished = shell.oaktree(arguments.split(" "));
        assertThat(finished.err()).contains(named).doesNotContain("\tat ");
        assertThat(finished.out()).isEmpty();
        assertThat(finished.status()).isEqualTo(2);
    }

    @Test
    void aloneItSaysWhatItsCommandsAre() throws Exception {
        Shell.Finished finished = shell.oaktree().well();
        assertThat(finished.out())
                .contains("Usage: oaktree", "serve", "demo", "server")
                .isEqualTo(shell.oaktree("--help").well().out());
        assertThat(finished.err()).isEmpty();
    }

    @Test
    void aTokenFileThatCannotBeWrittenEndsWith1() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        Shell.Finished finished = shell.oaktree(
                "serve",
                "--token-file",
                file.resolve("token").toString(),
                ANY_PORTS[0],
                ANY_PORTS[1],
                ANY_PORTS[2],
                ANY_PORTS[3]);
        assertThat(finished.err()).contains(file.toString(), "--token-file").doesNotContain("\tat ");
        assertThat(finished.status()).isEqualTo(1);
    }

    @Test
    void withoutCloudsItSaysWhereTheyAreLookedFor() throws Exception {
        Files.delete(home.resolve(".config/openstack/clouds.yaml"));
        Shell.Finished finished = Shell.in(home).oaktree("serve");
        assertThat(finished.err()).contains("no cloud is configured", "oaktree config check");
        assertThat(finished.status()).isEqualTo(1);

        Shell.Finished check = Shell.in(home).oaktree("config", "check");
        assertThat(check.out())
                .contains("Nothing was read", home.resolve(".config/openstack").toString());
        assertThat(check.status()).isEqualTo(1);
    }

    @Test
    void cloudsThatCannotBeReadAreNamedWithTheirLine() throws Exception {
        Path file = Files.writeString(home.resolve(".config/openstack/clouds.yaml"), "clouds:\n  a: [\n");
        for (String command : new String[] {"serve", "config check"}) {
            Shell.Finished finished = shell.oaktree(command.split(" "));
            assertThat(finished.out() + finished.err())
                    .contains(file.toString(), "line 3")
                    .doesNotContain("\tat ");
            assertThat(finished.status()).isEqualTo(1);
        }
    }

    @Test
    void whatIsOddAboutTheConfigurationIsLoggedOnce() throws Exception {
        Files.writeString(home.resolve(".config/openstack/clouds.yaml"), cloud.cloudsYaml() + """
                  odd:
                    auth: {auth_url: http://127.0.0.1:9, username: a, passwrod: hidden}
                    regions: [one, two]
                    colour: green
                  wrong:
                    regions: {a: b}
                """);
        try (RunningProgram server = shell.serve(ANY_PORTS)) {
            server.terminate();
            List<String> warned = server.end()
                    .well()
                    .err()
                    .lines()
                    .filter(line -> line.contains("\"WARN\""))
                    .toList();
            assertThat(warned).filteredOn(line -> line.contains("colour")).hasSize(1);
            assertThat(warned).filteredOn(line -> line.contains("passwrod")).hasSize(1);
            assertThat(warned)
                    .filteredOn(line -> line.contains("cloud wrong cannot be used"))
                    .hasSize(1);
            assertThat(warned).noneMatch(line -> line.contains("hidden"));
        }
    }

    @Test
    void configCheckSaysWhatItReadFromWhereAndNoSecret() throws Exception {
        Files.writeString(home.resolve(".config/openstack/clouds.yaml"), """
                clouds:
                  mine:
                    auth:
                      auth_url: http://user:hidden-in-url@127.0.0.1:5000/v3
                      username: ann
                      password: hidden-in-clouds
                      project_name: trees
                    region_name: RegionOne
                    image_endpoint_override: http://127.0.0.1:9292
                """);
        Path secure = Files.writeString(home.resolve(".config/openstack/secure.yaml"), """
                clouds:
                  mine:
                    auth:
                      password: hidden-in-secure
                """);
        Shell.Finished finished =
                shell.with("OS_CLOUD", "mine").oaktree("config", "check").well();
        assertThat(finished.out())
                .contains(home.resolve(".config/openstack/clouds.yaml").toString(), secure.toString())
                .contains("Default cloud: mine", "ann", "trees", "RegionOne", "http://127.0.0.1:9292")
                .doesNotContain("hidden");
        assertThat(finished.err()).isEmpty();
    }

    @Test
    void versionIsThatOfTheProgramAndOfJava() throws Exception {
        Shell.Finished finished = shell.oaktree("--version").well();
        assertThat(finished.out())
                .matches("oaktree \\d+\\.\\d+\\.\\d+\\S*\\RJava "
                        + Runtime.version().feature() + "\\S*\\R");
        assertThat(finished.err()).isEmpty();
    }
}
