package org.openstack.oaktree.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.Oaktree;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.rest.CallObserver;
import org.openstack.oaktree.v1.Location;

/**
 * Makes servers of every shape on a real cloud and asks oaktree and openstacksdk for their addresses.
 *
 * <p>The system property {@code oaktree.test.clouds} names a clouds.yaml with a cloud {@code demo} of the test cloud, and
 * {@code oaktree.test.python} a Python with the newest openstacksdk.
 */
@Tag("real")
class RealAddressParityTest {
    private static final Path CLOUDS =
            Path.of(Objects.requireNonNullElse(System.getProperty("oaktree.test.clouds"), "clouds.yaml"));
    private static final String PYTHON =
            Objects.requireNonNullElse(System.getProperty("oaktree.test.python"), "python3");
    private static final Path TESTCLOUD =
            Path.of("../testcloud").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private record Addresses(String publicV4, String privateV4, String publicV6, String interfaceIp) {}

    @BeforeAll
    static void makeServers() throws Exception {
        output(TESTCLOUD.resolve("shapes.py").toString());
    }

    @AfterAll
    static void deleteServers() throws Exception {
        output(TESTCLOUD.resolve("shapes.py").toString(), "--delete");
    }

    @Test
    void equalsOpenstacksdk() throws Exception {
        Map<String, Addresses> withoutIpv6 = openstacksdk("no");
        Map<String, Addresses> withIpv6 = openstacksdk("yes");
        assertThat(withoutIpv6).hasSizeGreaterThanOrEqualTo(12);
        assertThat(withIpv6).as("IPv6 matters to some").isNotEqualTo(withoutIpv6);

        assertThat(oaktree("")).isEqualTo(withoutIpv6);
        assertThat(oaktree("client:\n  prefer_ipv6: true\n")).isEqualTo(withIpv6);
        System.out.println("addresses: " + withoutIpv6.size() + " shapes, " + withoutIpv6.size() + " equal");
    }

    private static Map<String, Addresses> openstacksdk(String hostIpv6) throws Exception {
        Map<String, Addresses> answers = new TreeMap<>();
        String output = output(PYTHON, TESTCLOUD.resolve("addresses.py").toString(), "--host-ipv6", hostIpv6);
        for (String line : output.lines().filter(text -> text.startsWith("{")).toList()) {
            Struct server = struct(line);
            if (text(server, "name").startsWith("shape-")) {
                answers.put(
                        text(server, "name"),
                        new Addresses(
                                text(server, "public_v4"),
                                text(server, "private_v4"),
                                text(server, "public_v6"),
                                text(server, "interface_ip")));
            }
        }
        return answers;
    }

    private Map<String, Addresses> oaktree(String more) throws IOException {
        Path clouds = Files.writeString(folder.resolve("clouds.yaml"), Files.readString(CLOUDS) + "\n" + more);
        CloudsConfiguration configuration =
                CloudsConfiguration.load(ConfigEnvironment.system().withCloudsFile(clouds));
        Map<String, Addresses> answers = new TreeMap<>();
        try (Oaktree oaktree = Oaktree.open(configuration, CallObserver.NONE)) {
            for (Server server : servers(oaktree)) {
                if (server.getName().startsWith("shape-")) {
                    answers.put(
                            server.getName(),
                            new Addresses(
                                    server.getPublicV4(),
                                    server.getPrivateV4(),
                                    server.getPublicV6(),
                                    server.getInterfaceIp()));
                }
            }
        }
        return answers;
    }

    private static List<Server> servers(Oaktree oaktree) {
        RpcMethod list = oaktree.services().stream()
                .flatMap(service -> service.methods().stream())
                .filter(method -> method.descriptor().getFullName().equals("oaktree.compute.v1.Servers.ListServers"))
                .findFirst()
                .orElseThrow();
        ListServersRequest request = ListServersRequest.newBuilder()
                .setLocation(Location.newBuilder().setCloud("demo"))
                .build();
        List<Message> responses = new ArrayList<>();
        Call.begin("ListServers", Duration.ofSeconds(60)).run(() -> {
            list.invoke(request, response -> responses.add(response.message()));
            return responses;
        });
        return ((ListServersResponse) responses.getFirst()).getServersList();
    }

    private static Struct struct(String json) throws InvalidProtocolBufferException {
        Struct.Builder struct = Struct.newBuilder();
        JsonFormat.parser().merge(json, struct);
        return struct.build();
    }

    private static String text(Struct struct, String name) {
        return struct.getFieldsOrThrow(name).getStringValue();
    }

    private static String output(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of("--clouds", CLOUDS.toAbsolutePath().toString(), "--cloud", "demo"));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
