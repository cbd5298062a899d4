package org.openstack.oaktree.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code oaktree demo} as a user starts it, in a process of its own. */
class DemoTest {
    @TempDir
    private Path home;

    private record Run(int code, String out, String err) {}

    @Test
    void toursTheSimulatedCloudAndEnds() throws Exception {
        Run run = demo("--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0");

        assertThat(run.err())
                .contains("(NOT_FOUND, RESOURCE_NOT_FOUND)")
                .contains("at cloud simcloud, region RegionOne")
                .doesNotContain("Exception");
        assertThat(run.out())
                .startsWith("oaktree ready grpc=127.0.0.1:")
                .contains("$ oaktree cloud list", "| simcloud ")
                .contains("$ oaktree image list", "| tiny ", "| tiny-raw ")
                .contains("$ oaktree flavor list", "| m1.nano ")
                .contains("$ oaktree server list", "| server-00000 | ACTIVE | crowd=10.128.0.2 | tiny ")
                .contains("$ oaktree server show server-00000", "| private_v4 | 10.128.0.2 ")
                .contains("$ oaktree keypair create demo-key", "| name        | demo-key ")
                .contains("$ oaktree keypair delete demo-key")
                .contains("$ oaktree flavor show m1.galactic");
        assertThat(run.code()).isZero();
    }

    @Test
    void whatItRecommendsWorksInAShellThatIsSetUpForAnotherCloud() {
        StringWriter told = new StringWriter();
        new Visitor("127.0.0.1:1", "/t")
                .tellHow(new PrintWriter(told), Set.of("OS_CLOUD", "OS_PROJECT_NAME", "OS_REGION_NAME", "PATH"));
        assertThat(told.toString())
                .contains("  env -u OS_REGION_NAME -u OS_PROJECT_NAME ./oaktree flavor list --os-cloud simcloud"
                        + " --address 127.0.0.1:1 --token-file '/t'\n");
        told.getBuffer().setLength(0);
        new Visitor("127.0.0.1:1", "").tellHow(new PrintWriter(told), Set.of("OS_CLOUD"));
        assertThat(told.toString()).contains("  ./oaktree flavor list --os-cloud simcloud --address 127.0.0.1:1\n");
    }

    private Run demo(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--exit",
                "--token-file",
                home.resolve("token").toString()));
        command.addAll(List.of(arguments));
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        int code = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Run(code, Files.readString(out), Files.readString(err));
    }
}
