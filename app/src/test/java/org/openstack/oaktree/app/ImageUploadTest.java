package org.openstack.oaktree.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.Cli;
import org.openstack.oaktree.cli.Environment;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code oaktree image create --file} and {@code oaktree limits show} through a server that serves a simulated cloud. */
class ImageUploadTest {
    @TempDir
    private Path folder;

    @Test
    void theCloudHasTheBytesOfTheFile() throws Exception {
        byte[] bytes = new byte[(24 << 20) + 13];
        new Random(4).nextBytes(bytes);
        Path file = Files.write(folder.resolve("disk.raw"), bytes);
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        String wrong = "0".repeat(md5.length());
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults())) {
            Path clouds = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            ConfigEnvironment environment =
                    new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(clouds);
            ServerOptions options = new ServerOptions(
                    ListenAddress.parse("127.0.0.1:0"),
                    ListenAddress.loopback("127.0.0.1:0"),
                    Optional.of(folder.resolve("token")));
            try (Serving serving = Serving.start(CloudsConfiguration.load(environment), options)) {
                String address = serving.server().address().toString();
                assertThat(run(
                                address,
                                0,
                                "image",
                                "create",
                                "whole",
                                "--disk-format",
                                "raw",
                                "--file",
                                file.toString(),
                                "-f",
                                "value",
                                "-c",
                                "checksum",
                                "-c",
                                "size_bytes",
                                "-c",
                                "status_text"))
                        .contains(md5, Integer.toString(bytes.length), "active");
                run(address, 1, "image", "create", "broken", "--md5", wrong, "--file", file.toString());
                assertThat(run(address, 0, "image", "list", "--max-age", "0", "-f", "value", "-c", "Name"))
                        .contains("whole")
                        .doesNotContain("broken");
                assertThat(run(address, 0, "limits", "show", "-f", "value", "-c", "Name")
                                .lines())
                        .contains("maxTotalInstances", "maxTotalVolumes");
            }
        }
    }

    private String run(String address, int code, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        Map<String, String> variables = Map.of(
                "OAKTREE_ADDRESS",
                address,
                "OAKTREE_TOKEN_FILE",
                folder.resolve("token").toString(),
                "OS_CLOUD",
                "simcloud");
        CommandLine program = new CommandLine(CommandSpec.create().name("oaktree"));
        Cli.of(
                        new Environment(variables, folder, out, new PrintWriter(err, true), OptionalInt.empty()),
                        Client::connect)
                .addTo(program);
        assertThat(program.execute(words)).as("%s: %s", List.of(words), err).isEqualTo(code);
        return out.toString(StandardCharsets.UTF_8);
    }
}
