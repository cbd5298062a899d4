package org.openstack.oaktree.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.Cli;
import org.openstack.oaktree.cli.Environment;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code oaktree NOUN list} prints what {@code openstack NOUN list} prints, of every noun, on a real cloud, in any order. */
@Tag("real")
class NounsTest {
    private static final String CLOUD = "demo";
    private static final List<String> NOUNS = List.of(
            "flavor",
            "keypair",
            "server",
            "server group",
            "availability zone",
            "image",
            "network",
            "subnet",
            "port",
            "router",
            "security group",
            "floating ip",
            "volume");

    private final Path clouds = Path.of(
            Objects.requireNonNull(System.getProperty("oaktree.test.clouds"), "-Doaktree.test.clouds=clouds.yaml"));

    @TempDir
    private Path folder;

    @Test
    void listsEqualTheOpenstackClients() throws Exception {
        String name = "nouns-" + Long.toString(Instant.now().toEpochMilli(), 36);
        ConfigEnvironment environment =
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(clouds);
        ServerOptions options = new ServerOptions(
                ListenAddress.parse("127.0.0.1:0"),
                ListenAddress.loopback("127.0.0.1:0"),
                java.util.Optional.of(folder.resolve("token")));
        try (Serving serving = Serving.start(CloudsConfiguration.load(environment), options)) {
            String address = serving.server().address().toString();
            make(address, name);
            try {
                compare(address);
            } finally {
                remove(address, name);
            }
        }
    }

    private void compare(String address) throws IOException, InterruptedException {
        SoftAssertions soft = new SoftAssertions();
        int rows = 0;
        for (String noun : NOUNS) {
            for (List<String> format :
                    List.of(List.of("-f", "value", "-c", "ID", "-c", "Name"), List.of("-f", "table"))) {
                if (noun.equals("availability zone") && format.contains("value")) {
                    // It has neither column.
                    continue;
                }
                List<String> expected = lines(openstack(noun, "list", format));
                soft.assertThat(lines(oaktree(address, noun, "list", format)))
                        .as("oaktree %s list %s", noun, String.join(" ", format))
                        .isEqualTo(expected);
                // A table without rows is empty too: compared are things, not headings.
                assertThat(expected).as("openstack %s list", noun).hasSizeGreaterThan(format.contains("table") ? 4 : 0);
                rows += expected.size();
            }
        }
        soft.assertAll();
        System.out.println(
                "nouns: " + NOUNS.size() + " compared with the openstack client, " + rows + " lines, 0 differences");
    }

    /** One of each thing that a fresh project has none of. */
    private void make(String address, String name) throws IOException, InterruptedException {
        oaktree(
                address,
                "keypair",
                "create",
                List.of(name, "--private-key", folder.resolve("key").toString()));
        openstack("server group", "create", List.of("--policy", "anti-affinity", name));
        openstack("volume", "create", List.of("--size", "1", name));
        openstack("floating ip", "create", List.of("--description", name, "public"));
        openstack(
                "server",
                "create",
                List.of("--image", "tiny", "--flavor", "m1.nano", "--network", "private-demo", "--wait", name));
    }

    private void remove(String address, String name) throws IOException, InterruptedException {
        openstack("server", "delete", List.of("--wait", name));
        for (String line : lines(
                openstack("floating ip", "list", List.of("--long", "-f", "value", "-c", "ID", "-c", "Description")))) {
            if (line.endsWith(" " + name)) {
                openstack("floating ip", "delete", List.of(line.substring(0, line.indexOf(' '))));
            }
        }
        openstack("volume", "delete", List.of(name));
        openstack("server group", "delete", List.of(name));
        oaktree(address, "keypair", "delete", List.of(name));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::stripTrailing).sorted().toList();
    }

    private String oaktree(String address, String noun, String verb, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine program = new CommandLine(CommandSpec.create().name("oaktree"));
        Cli.of(
                        new Environment(
                                Map.of(
                                        "OAKTREE_ADDRESS",
                                        address,
                                        "OAKTREE_TOKEN_FILE",
                                        folder.resolve("token").toString(),
                                        "OS_CLOUD",
                                        CLOUD),
                                folder,
                                out,
                                new PrintWriter(err, true),
                                OptionalInt.empty(),
                                OptionalInt.empty()),
                        Client::connect)
                .addTo(program);
        List<String> words = new ArrayList<>(Arrays.asList(noun.split(" ")));
        words.add(verb);
        words.addAll(arguments);
        if (verb.equals("list")) {
            words.addAll(List.of("--max-age", "0"));
        }
        assertThat(program.execute(words.toArray(String[]::new)))
                .as("%s: %s", words, err)
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String openstack(String noun, String verb, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openstack", "--os-cloud", CLOUD));
        command.addAll(Arrays.asList(noun.split(" ")));
        command.add(verb);
        command.addAll(arguments);
        if (noun.equals("availability zone")) {
            // Those of the compute service, as oaktree.compute.v1 has them.
            command.add("--compute");
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("OS_"));
        builder.environment().put("OS_CLIENT_CONFIG_FILE", clouds.toString());
        Path err = folder.resolve("openstack.err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", command, java.nio.file.Files.readString(err))
                .isZero();
        return out;
    }
}
