package org.openstack.oaktree.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerAddress;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.network.ConfiguredCloud;
import org.openstack.oaktree.network.NetworkClassification;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.network.v1.Subnet;

/**
 * Asks oaktree what openstacksdk was asked when {@code src/test/address-parity/record.py} recorded its answers: how the networks are
 * classified, and at which addresses the servers are reached.
 *
 * <p>The system property {@code address.parity.cases} names another file of cases.
 */
class AddressParityTest {
    private static final Path CASES =
            Path.of(System.getProperty("address.parity.cases", "src/test/address-parity/cases.json"));

    private static final List<Map<String, @Nullable Object>> ALL = read(CASES);

    @Test
    void everyRuleHasItsCases() {
        assertThat(ALL).hasSizeGreaterThanOrEqualTo(200);
        assertThat(ALL).extracting(parityCase -> parityCase.get("name")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsOpenstacksdk(Map<String, @Nullable Object> parityCase) {
        Map<String, @Nullable Object> sdk = object(parityCase.get("sdk"));
        CloudConfig config = config(parityCase);
        NetworkClassification networks = classify(parityCase, config);
        assertThat(ids(networks.externalIpv4())).as("external IPv4").isEqualTo(sdk.get("external_ipv4"));
        assertThat(ids(networks.internalIpv4())).as("internal IPv4").isEqualTo(sdk.get("internal_ipv4"));
        assertThat(ids(networks.externalIpv6())).as("external IPv6").isEqualTo(sdk.get("external_ipv6"));
        assertThat(ids(networks.internalIpv6())).as("internal IPv6").isEqualTo(sdk.get("internal_ipv6"));
        assertThat(ids(networks.defaultInterface().stream().toList()))
                .as("default interface")
                .isEqualTo(sdk.get("default_interface"));
        if (parityCase.containsKey("unusable")) {
            // openstacksdk raises; NetworkClassificationTest tells which questions oaktree refuses then.
            assertThat(networks.problems()).isNotEmpty();
        } else {
            assertThat(networks.problems()).isEmpty();
            assertThat(ids(networks.floating())).as("floating").isEqualTo(sdk.get("floating"));
            assertThat(ids(networks.natSource().stream().toList()))
                    .as("NAT source")
                    .isEqualTo(sdk.get("nat_source"));
            assertThat(ids(networks.natDestination().stream().toList()))
                    .as("NAT destination")
                    .isEqualTo(sdk.get("nat_destination"));
        }

        ServerAddresses addresses = new ServerAddresses(config, networks, addressBook(parityCase, config));
        List<Server> servers = all(parityCase, "servers", AddressParityTest::server);
        List<?> answers = array(sdk.get("servers"));
        for (int i = 0; i < servers.size(); i++) {
            Server raw = servers.get(i);
            Map<String, @Nullable Object> answer = object(answers.get(i));
            Server server = addresses.complete(raw);
            assertThat(server.getPublicV4()).as("public_v4").isEqualTo(answer.get("public_v4"));
            assertThat(server.getPublicV6()).as("public_v6").isEqualTo(answer.get("public_v6"));
            assertThat(server.getPrivateV4()).as("private_v4").isEqualTo(answer.get("private_v4"));
            assertThat(server.getInterfaceIp()).as("interface_ip").isEqualTo(answer.get("interface_ip"));
            // Deviation: what the owner set stays.
            assertThat(server.getAccessIpv4())
                    .as("access_ipv4")
                    .isEqualTo(raw.getAccessIpv4().isEmpty() ? answer.get("access_ipv4") : raw.getAccessIpv4());
            assertThat(server.getAccessIpv6())
                    .as("access_ipv6")
                    .isEqualTo(raw.getAccessIpv6().isEmpty() ? answer.get("access_ipv6") : raw.getAccessIpv6());
            assertThat(server.getAddressesList().stream()
                            .map(AddressParityTest::row)
                            .toList())
                    .as("addresses")
                    .isEqualTo(answer.get("addresses"));
        }
    }

    static Stream<Named<Map<String, @Nullable Object>>> cases() {
        return ALL.stream().map(parityCase -> Named.of(String.valueOf(parityCase.get("name")), parityCase));
    }

    /** JSON is YAML. Where openstacksdk's host has an address for IPv6, oaktree must be told that it is preferred. */
    private static CloudConfig config(Map<String, @Nullable Object> parityCase) {
        Map<String, @Nullable Object> cloud = new LinkedHashMap<>(object(parityCase.getOrDefault("cloud", Map.of())));
        cloud.put("auth", Map.of("auth_url", "http://127.0.0.1:9/v3"));
        if (Boolean.TRUE.equals(parityCase.get("local_ipv6"))) {
            cloud.putIfAbsent("prefer_ipv6", true);
        }
        return ConfiguredCloud.file(json(
                Map.of("clouds", Map.of("c", cloud), "client", object(parityCase.getOrDefault("client", Map.of())))));
    }

    private static NetworkClassification classify(Map<String, @Nullable Object> parityCase, CloudConfig config) {
        return isBroken(parityCase, "networks")
                ? NetworkClassification.none()
                : NetworkClassification.of(
                        all(parityCase, "networks", AddressParityTest::network),
                        isBroken(parityCase, "subnets")
                                ? List.of()
                                : all(parityCase, "subnets", AddressParityTest::subnet),
                        config);
    }

    private static AddressBook addressBook(Map<String, @Nullable Object> parityCase, CloudConfig config) {
        boolean isKnown = ServerAddresses.needsAddressBook(config)
                && !isBroken(parityCase, "ports")
                && !isBroken(parityCase, "floatingips");
        return isKnown
                ? AddressBook.of(
                        all(parityCase, "ports", AddressParityTest::port),
                        all(parityCase, "floatingips", AddressParityTest::floatingIp))
                : AddressBook.of(List.of(), List.of());
    }

    private static boolean isBroken(Map<String, @Nullable Object> parityCase, String list) {
        return array(parityCase.getOrDefault("broken", List.of())).contains(list);
    }

    private static List<Object> row(ServerAddress address) {
        return List.of(
                address.getNetworkName(),
                address.getAddress(),
                (long) address.getVersion(),
                address.getType(),
                address.getMacAddress());
    }

    private static List<String> ids(List<Network> networks) {
        return networks.stream().map(Network::getId).toList();
    }

    private static Network network(Map<String, @Nullable Object> body) {
        return Network.newBuilder()
                .setId(text(body, "id"))
                .setName(text(body, "name"))
                .setIsExternal(Boolean.TRUE.equals(body.get("router:external")))
                .setProviderPhysicalNetwork(text(body, "provider:physical_network"))
                .build();
    }

    private static Subnet subnet(Map<String, @Nullable Object> body) {
        return Subnet.newBuilder()
                .setNetworkId(text(body, "network_id"))
                .setGatewayIp(text(body, "gateway_ip"))
                .build();
    }

    private static Port port(Map<String, @Nullable Object> body) {
        return Port.newBuilder()
                .setId(text(body, "id"))
                .setDeviceId(text(body, "device_id"))
                .setMacAddress(text(body, "mac_address"))
                .build();
    }

    private static FloatingIp floatingIp(Map<String, @Nullable Object> body) {
        return FloatingIp.newBuilder()
                .setFloatingIpAddress(text(body, "floating_ip_address"))
                .setFixedIpAddress(text(body, "fixed_ip_address"))
                .setPortId(text(body, "port_id"))
                .build();
    }

    private static Server server(Map<String, @Nullable Object> body) {
        Server.Builder server = Server.newBuilder()
                .setId(text(body, "id"))
                .setStatusText(text(body, "status"))
                .setAccessIpv4(text(body, "accessIPv4"))
                .setAccessIpv6(text(body, "accessIPv6"));
        object(body.get("addresses")).forEach((network, entries) -> {
            for (Object entry : array(entries)) {
                Map<String, @Nullable Object> address = object(entry);
                server.addAddressesBuilder()
                        .setNetworkName(network)
                        .setAddress(text(address, "addr"))
                        .setVersion(Integer.parseInt(text(address, "version")))
                        .setType(text(address, "OS-EXT-IPS:type"))
                        .setMacAddress(text(address, "OS-EXT-IPS-MAC:mac_addr"));
            }
        });
        return server.build();
    }

    private static String text(Map<String, @Nullable Object> body, String key) {
        return Objects.requireNonNullElse(body.get(key), "").toString();
    }

    private static <M> List<M> all(
            Map<String, @Nullable Object> parityCase, String list, Function<Map<String, @Nullable Object>, M> read) {
        return array(parityCase.getOrDefault(list, List.of())).stream()
                .map(AddressParityTest::object)
                .map(read)
                .toList();
    }

    private static List<Map<String, @Nullable Object>> read(Path file) {
        try {
            List<Map<String, @Nullable Object>> cases = new ArrayList<>();
            array(object(JsonTree.read(Files.readAllBytes(file))).get("cases"))
                    .forEach(parityCase -> cases.add(object(parityCase)));
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> array ->
                array.stream().map(AddressParityTest::json).collect(Collectors.joining(", ", "[", "]"));
            case String text -> '"' + text + '"';
            case null -> "null";
            default -> value.toString();
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    private static List<?> array(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
