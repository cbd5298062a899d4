package org.openstack.oaktree.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerAddress;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.network.ConfiguredCloud;
import org.openstack.oaktree.network.NetworkClassification;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Port;

/** Where oaktree's addresses of servers are not openstacksdk's, and what AddressParityTest cannot show. */
class ServerAddressesTest {
    private static final List<Network> NETWORKS = List.of(
            Network.newBuilder().setId("1").setName("private").build(),
            Network.newBuilder().setId("2").setName("back").build(),
            Network.newBuilder()
                    .setId("3")
                    .setName("public")
                    .setIsExternal(true)
                    .build());

    private static final String MAC = "fa:16:3e:00:00:01";
    private static final String MAC_2 = "fa:16:3e:00:00:02";
    private static final ServerAddress FIXED = address("private", "10.0.0.5", "fixed", MAC);
    private static final ServerAddress BACK = address("back", "10.1.0.5", "fixed", MAC_2);
    private static final ServerAddress FLOATING = address("private", "198.51.100.9", "floating", MAC);
    private static final AddressBook BOOK = AddressBook.of(
            List.of(port("port-1", "server-1", MAC), port("port-2", "server-1", MAC_2), port("port-3", "router", MAC)),
            List.of(
                    floatingIp("198.51.100.7", "", ""),
                    floatingIp("198.51.100.8", "port-3", "10.0.0.1"),
                    floatingIp("198.51.100.9", "port-1", "10.0.0.5")));

    @Test
    void aFloatingIpThatNovaHasNotHeardOfIsPutAfterTheAddressesOfItsNetwork() {
        Server server = complete("", BOOK, server(FIXED, BACK));
        assertThat(server.getAddressesList()).containsExactly(FIXED, FLOATING, BACK);
        assertThat(server.getPublicV4()).isEqualTo("198.51.100.9");
        assertThat(server.getPrivateV4()).isEqualTo("10.0.0.5");
        assertThat(server.getInterfaceIp()).isEqualTo("198.51.100.9");
        assertThat(server.getAccessIpv4()).isEqualTo("198.51.100.9");
    }

    /** [BUG] §4.9: a floating IP to an address that nova does not list ended the whole list. */
    @Test
    void bugAFloatingIpToAnAddressThatNovaDoesNotListIsSkipped() {
        Server server = complete("", BOOK, server(BACK));
        assertThat(server.getAddressesList()).containsExactly(BACK);
        assertThat(server.getPublicV4()).isEmpty();
        assertThat(complete("", BOOK, server()).getAddressesList()).isEmpty();
    }

    @Test
    void deviationOfTwoNetworksWithTheSameAddressTheFloatingIpBelongsToThatOfItsPort() {
        ServerAddress same = BACK.toBuilder().setAddress("10.0.0.5").build();
        assertThat(complete("", BOOK, server(FIXED, same)).getAddressesList()).containsExactly(FIXED, FLOATING, same);
        assertThat(complete("", BOOK, server(same, FIXED)).getAddressesList()).containsExactly(same, FIXED, FLOATING);
    }

    @Test
    void deviationOfSeveralAddressesTheFirstIsTakenWithoutTryingAny() {
        ServerAddress first = address("public", "192.0.2.1", "fixed", MAC);
        ServerAddress second = address("public", "192.0.2.2", "fixed", MAC);
        assertThat(complete("", BOOK, server(first, second)).getPublicV4()).isEqualTo("192.0.2.1");
        assertThat(complete("", BOOK, server(second, first)).getPublicV4()).isEqualTo("192.0.2.2");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                           203.0.113.4",
        "'private: true',              203.0.113.4",
        "'use_external_network: false',203.0.113.4",
    })
    void deviationAccessAddressesAreTheOwnersWhereHeSetThem(String settings, String expected) {
        Server raw = server(FIXED).toBuilder()
                .setAccessIpv4("203.0.113.4")
                .setAccessIpv6("2001:db8::4")
                .build();
        Server server = complete(settings, BOOK, raw);
        assertThat(server.getAccessIpv4()).isEqualTo(expected);
        assertThat(server.getAccessIpv6()).isEqualTo("2001:db8::4");
        assertThat(complete("force_ipv4: true", BOOK, raw).getAccessIpv6()).isEqualTo("2001:db8::4");
    }

    @Test
    void accessAddressesAreFoundWhereTheOwnerSetNone() {
        assertThat(complete("", BOOK, server(FIXED)).getAccessIpv4()).isEqualTo("198.51.100.9");
        assertThat(complete("private: true", BOOK, server(FIXED)).getAccessIpv4())
                .isEqualTo("10.0.0.5");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                   198.51.100.9",
        "'prefer_ipv6: true',                  2001:db8::5",
        "'prefer_ipv6: true, force_ipv4: true',198.51.100.9",
        "'prefer_ipv6: true, private: true',   10.0.0.5",
        "'prefer_ipv6: true, networks: [{name: private, default_interface: true}]', 2001:db8::5",
    })
    void deviationIpv6IsPreferredWhereTheConfigurationSaysSo(String settings, String expected) {
        Server raw = server(FIXED, ipv6("private", "2001:db8::5"));
        assertThat(complete(settings, BOOK, raw).getInterfaceIp()).isEqualTo(expected);
    }

    @Test
    void aNetworkThatIsConfiguredButNotThereKeepsNoServerFromBeingListed() {
        Server server = complete("networks: [{name: gone, default_interface: true}]", BOOK, server(FIXED));
        assertThat(server.getInterfaceIp()).isEqualTo("198.51.100.9");
    }

    @Test
    void everythingElseOfTheServerStays() {
        Server raw = server(FIXED).toBuilder()
                .setName("web")
                .putMetadata("key", "value")
                .build();
        Server server = complete("", AddressBook.of(List.of(), List.of()), raw);
        assertThat(server.toBuilder().clearPrivateV4().build()).isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                          true",
        "'floating_ip_source: None',  false",
        "'floating_ip_source: nova',  false",
        "'has_network: false',        false",
    })
    void portsAndFloatingIpsAreAskedForWhereTheyCanMatter(String settings, boolean expected) {
        assertThat(ServerAddresses.needsAddressBook(ConfiguredCloud.with(settings)))
                .isEqualTo(expected);
    }

    private static Server complete(String settings, AddressBook book, Server raw) {
        CloudConfig config = ConfiguredCloud.with(settings);
        return new ServerAddresses(config, NetworkClassification.of(NETWORKS, List.of(), config), book).complete(raw);
    }

    private static Server server(ServerAddress... addresses) {
        return Server.newBuilder()
                .setId("server-1")
                .setStatusText("ACTIVE")
                .addAllAddresses(List.of(addresses))
                .build();
    }

    private static ServerAddress address(String network, String address, String type, String mac) {
        return ServerAddress.newBuilder()
                .setNetworkName(network)
                .setAddress(address)
                .setVersion(4)
                .setType(type)
                .setMacAddress(mac)
                .build();
    }

    private static ServerAddress ipv6(String network, String address) {
        return address(network, address, "fixed", MAC).toBuilder().setVersion(6).build();
    }

    private static Port port(String id, String server, String mac) {
        return Port.newBuilder()
                .setId(id)
                .setDeviceId(server)
                .setMacAddress(mac)
                .build();
    }

    private static FloatingIp floatingIp(String address, String port, String fixed) {
        return FloatingIp.newBuilder()
                .setFloatingIpAddress(address)
                .setPortId(port)
                .setFixedIpAddress(fixed)
                .build();
    }
}
