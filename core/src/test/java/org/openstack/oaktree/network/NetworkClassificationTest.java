package org.openstack.oaktree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Subnet;
import org.openstack.oaktree.v1.ErrorReason;

/** The rules by which networks are told apart; AddressParityTest compares them with openstacksdk's answers. */
class NetworkClassificationTest {
    private static final Network PRIVATE = network("1", "private").build();
    private static final Network PUBLIC =
            network("2", "public").setIsExternal(true).build();
    private static final Network WIRE =
            network("3", "wire").setProviderPhysicalNetwork("physnet1").build();
    private static final Network OTHER =
            network("4", "other").setIsExternal(true).build();
    private static final List<Network> NETWORKS = List.of(PRIVATE, PUBLIC, WIRE, OTHER);

    @Test
    void withoutConfigurationTheNetworksTell() {
        NetworkClassification networks = classify("");
        assertThat(networks.externalIpv4()).containsExactly(PUBLIC, WIRE, OTHER);
        assertThat(networks.internalIpv4()).containsExactly(PRIVATE);
        assertThat(networks.externalIpv6()).containsExactly(PUBLIC, OTHER);
        assertThat(networks.internalIpv6()).containsExactly(PRIVATE, WIRE);
        assertThat(networks.floating()).containsExactly(PUBLIC, OTHER);
        assertThat(networks.natSource()).contains(PUBLIC);
        assertThat(networks.natDestination()).isEmpty();
        assertThat(networks.defaultInterface()).isEmpty();
        assertThat(networks.problems()).isEmpty();
    }

    @Test
    void everyConfiguredNetworkIsEitherExternalOrInternal() {
        NetworkClassification networks =
                classify("networks: [{name: private, routes_externally: true}, {name: public}, {name: wire}]");
        assertThat(networks.externalIpv4()).containsExactly(PRIVATE, OTHER);
        assertThat(networks.internalIpv4()).containsExactly(PUBLIC, WIRE);
        assertThat(networks.externalIpv6()).containsExactly(PRIVATE, OTHER);
        assertThat(networks.internalIpv6()).containsExactly(PUBLIC, WIRE);
    }

    @Test
    void ipv4AndIpv6RoutesAreConfiguredApart() {
        NetworkClassification networks =
                classify("networks: [{name: private, routes_ipv4_externally: false, routes_ipv6_externally: true}]");
        assertThat(networks.internalIpv4()).contains(PRIVATE);
        assertThat(networks.externalIpv4()).doesNotContain(PRIVATE);
        assertThat(networks.externalIpv6()).contains(PRIVATE);
        assertThat(networks.internalIpv6()).doesNotContain(PRIVATE);
    }

    /** [BUG] §8.1: the networks of both IPv4 and IPv6 could not be told. */
    @Test
    void bugUnionsOfIpv4AndIpv6HaveEachNetworkOnce() {
        NetworkClassification networks = classify("");
        assertThat(networks.external()).containsExactly(PUBLIC, WIRE, OTHER);
        assertThat(networks.internal()).containsExactly(PRIVATE, WIRE);
    }

    /** [BUG] §8.1: a network that the configuration names by its ID was not found. */
    @Test
    void bugNetworksMayBeConfiguredById() {
        NetworkClassification networks = classify(
                "networks: [{name: 1, routes_externally: true, nat_source: true}, {name: 3, nat_destination: true, default_interface: true}]");
        assertThat(networks.problems()).isEmpty();
        assertThat(networks.externalIpv4()).containsExactly(PRIVATE, PUBLIC, OTHER);
        assertThat(networks.internalIpv4()).containsExactly(WIRE);
        assertThat(networks.floating()).containsExactly(PRIVATE);
        assertThat(networks.natSource()).contains(PRIVATE);
        assertThat(networks.natDestination()).contains(WIRE);
        assertThat(networks.defaultInterface()).contains(WIRE);
    }

    @Test
    void natDestinationIsTheLastNetworkWithAGateway() {
        assertThat(classify("", subnet("1", "10.0.0.1"), subnet("3", ""), subnet("2", "198.51.100.1"))
                        .natDestination())
                .contains(PUBLIC);
        assertThat(classify(
                                "networks: [{name: private, nat_destination: true}]",
                                subnet("1", ""),
                                subnet("2", "198.51.100.1"))
                        .natDestination())
                .contains(PRIVATE);
    }

    @Test
    void aNetworkThatIsNotThereIsAProblemButDoesNotKeepOthersFromBeingRead() {
        NetworkClassification networks = classify(
                "networks: [{name: gone, routes_externally: true, default_interface: true}, {name: private, routes_externally: true}]");
        assertThat(networks.externalIpv4()).containsExactly(PRIVATE, PUBLIC, WIRE, OTHER);
        assertThat(networks.defaultInterface()).isEmpty();
        assertThat(networks.natSource()).contains(PUBLIC);
        assertThat(networks.problems())
                .containsExactly(
                        "The networks of cloud c in the configuration name gone, but no network that this project sees "
                                + "has that name or ID: correct or remove the entry.");
    }

    @ParameterizedTest
    @CsvSource({"nat_source", "nat_destination"})
    void whatDecidesOnFloatingIpsRefusesWhenItsNetworkIsNotThere(String role) {
        NetworkClassification networks =
                classify("networks: [{name: gone, " + role + ": true}]", subnet("1", "10.0.0.1"));
        assertRefused(() -> asked(networks, role), "name gone");
        assertThat(networks.externalIpv4()).containsExactly(PUBLIC, WIRE, OTHER);
        if (role.equals("nat_source")) {
            assertRefused(networks::floating, "name gone");
        } else {
            assertThat(networks.floating()).containsExactly(PUBLIC, OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nat_source", "nat_destination", "default_interface"})
    void aRoleForANameThatSeveralHaveIsAProblem(String role) {
        Network twin = network("5", "private").build();
        NetworkClassification networks = NetworkClassification.of(
                List.of(PRIVATE, twin), List.of(), cloud("networks: [{name: private, " + role + ": true}]"));
        assertThat(networks.internalIpv4()).containsExactly(PRIVATE, twin);
        assertThat(networks.problems())
                .containsExactly("The networks of cloud c in the configuration give " + role
                        + " to private, but 2 networks have that name: write the ID of one instead, such as 1.");
        if (role.equals("default_interface")) {
            assertThat(networks.defaultInterface()).isEmpty();
        } else {
            assertRefused(() -> asked(networks, role), "write the ID");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                                          true,  true",
        "'networks: [{name: a, nat_destination: true}]',              true,  false",
        "'use_external_network: false',                               true,  true",
        "'use_internal_network: false',                               true,  true",
        "'use_external_network: false, use_internal_network: false',  false, false",
        "'has_network: false',                                        false, false"
    })
    void listsThatNobodyNeedsAreNotAskedFor(String settings, boolean needsNetworks, boolean needsSubnets) {
        CloudConfig cloud = cloud(settings);
        assertThat(NetworkClassification.needsNetworks(cloud)).isEqualTo(needsNetworks);
        assertThat(NetworkClassification.needsSubnets(cloud)).isEqualTo(needsSubnets);
        assertThat(NetworkClassification.of(NETWORKS, List.of(), cloud).internalIpv4())
                .isEqualTo(needsNetworks ? List.of(PRIVATE) : List.of());
    }

    @Test
    void noneKnowsNothing() {
        NetworkClassification none = NetworkClassification.none();
        assertThat(none.external()).isEmpty();
        assertThat(none.internal()).isEmpty();
        assertThat(none.floating()).isEmpty();
        assertThat(none.natDestination()).isEmpty();
        assertThat(none.problems()).isEmpty();
    }

    private static Object asked(NetworkClassification networks, String role) {
        return role.equals("nat_source") ? networks.natSource() : networks.natDestination();
    }

    private static void assertRefused(Supplier<?> question, String words) {
        assertThatExceptionOfType(OaktreeException.class)
                .isThrownBy(question::get)
                .withMessageContaining(words)
                .satisfies(refusal ->
                        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED));
    }

    private static NetworkClassification classify(String settings, Subnet... subnets) {
        return NetworkClassification.of(NETWORKS, List.of(subnets), cloud(settings));
    }

    private static CloudConfig cloud(String settings) {
        return ConfiguredCloud.with(settings);
    }

    private static Network.Builder network(String id, String name) {
        return Network.newBuilder().setId(id).setName(name);
    }

    private static Subnet subnet(String network, String gateway) {
        return Subnet.newBuilder().setNetworkId(network).setGatewayIp(gateway).build();
    }
}
