package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openstack.oaktree.app.contract.Contract.fails;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.compute.v1.DeleteServerResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerNic;
import org.openstack.oaktree.compute.v1.ServerReach;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.compute.v1.WaitForServerResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.ListFloatingIpsRequest;
import org.openstack.oaktree.network.v1.ListFloatingIpsResponse;
import org.openstack.oaktree.v1.Location;

/** How servers are made reachable, and what is left of that when they are deleted. A subclass says on which cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReachLife {
    private static final int PATIENCE = 170;
    private static final int MANY = 50;

    final TestCloud cloud;
    private final String name = "reach-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> made = new ArrayList<>();
    private int cases;

    @SuppressWarnings("NullAway.Init") // Opened before any case runs.
    private StockApi user;

    @SuppressWarnings("NullAway.Init") // Made before any case runs: a network behind a router, a floating IP.
    private Belongings own;

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Found before any case runs.
    private CreateServerRequest plain;

    ReachLife(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        Path file = cloud.cloudsYaml(folder);
        user = new StockApi(file, folder, cloud.cloud("demo"));
        own = Belongings.ofProject(user, name);
        served = new Served(file, folder);
        plain = PlainServer.request(served.client(), here()).toBuilder()
                .clearNetworks()
                .addNetworks(name)
                .setName(name + "-made")
                .setWait(true)
                .build();
    }

    @AfterEach
    void takeAway() {
        cases++;
        for (String id : List.copyOf(made)) {
            delete(id, true);
        }
        for (FloatingIp left : floatingIps()) {
            if (left.getDescription().startsWith("for server ")) {
                user.delete("network", "/v2.0/floatingips/" + left.getId());
            }
        }
    }

    @AfterAll
    void end() {
        served.close();
        own.close();
        user.close();
        cloud.close();
        System.out.println("servers: " + cloud.name() + " reach " + cases + " cases");
    }

    private Location here() {
        return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
    }

    private Server create(ServerReach reach) {
        CreateServerResponse response = served.client()
                .call("CreateServer", plain.toBuilder().setReach(reach).build(), PATIENCE);
        made.add(response.getServer().getId());
        return response.getServer();
    }

    private DeleteServerResponse delete(String id, boolean ips) {
        made.remove(id);
        return served.client()
                .call(
                        "DeleteServer",
                        DeleteServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .setDeleteIps(ips)
                                .setWait(true)
                                .build(),
                        PATIENCE);
    }

    /** A server that was to be reachable goes into ERROR. */
    final void failsToBuild() {
        fails(
                "FAILED_PRECONDITION RESOURCE_FAILED",
                () -> served.client()
                        .call(
                                "CreateServer",
                                plain.toBuilder()
                                        .setReach(automatic())
                                        .putMetadata("testcloud_fail", "1")
                                        .build(),
                                PATIENCE));
    }

    final List<FloatingIp> floatingIps() {
        ListFloatingIpsRequest fresh = ListFloatingIpsRequest.newBuilder()
                .setLocation(here())
                .setMaxAge(Duration.getDefaultInstance())
                .build();
        return served.client()
                .<ListFloatingIpsResponse>call("ListFloatingIps", fresh)
                .getFloatingIpsList();
    }

    private FloatingIp at(String address) {
        return floatingIps().stream()
                .filter(floatingIp -> floatingIp.getFloatingIpAddress().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private List<String> leading(String serverId) {
        List<String> ports = user.ids("network", "/v2.0/ports?device_id=" + serverId, "ports");
        return floatingIps().stream()
                .filter(floatingIp -> ports.contains(floatingIp.getPortId()))
                .map(FloatingIp::getFloatingIpAddress)
                .toList();
    }

    private List<String> servers() {
        return user.ids("compute", "/servers?name=" + name + "-made", "servers");
    }

    private static ServerReach automatic() {
        return ServerReach.newBuilder().setReuseIps(false).build();
    }

    private Server waitFor(ServerReach reach) {
        Iterator<WaitForServerResponse> states = served.client().stream(
                "WaitForServer",
                WaitForServerRequest.newBuilder()
                        .setLocation(here())
                        .setServer(name)
                        .setReach(reach)
                        .build(),
                PATIENCE);
        Server last = Server.getDefaultInstance();
        while (states.hasNext()) {
            last = states.next().getServer();
        }
        return last;
    }

    /** [BUG] §4.10: shade leaves floating IPs of which only neutron knows when their server goes. */
    @Test
    void aServerWithoutAPublicAddressGetsOneThatEndsWithIt() {
        Server made = create(automatic());
        assertThat(made.getStatusText()).isEqualTo("ACTIVE");
        assertThat(leading(made.getId())).containsExactly(made.getPublicV4());
        FloatingIp floatingIp = at(made.getPublicV4());
        assertThat(floatingIp.getStatusText()).isEqualTo("ACTIVE");
        assertThat(floatingIp.getFixedIpAddress()).isEqualTo(made.getPrivateV4());
        assertThat(floatingIp.getDescription()).isEqualTo("for server " + made.getId() + " (oaktree)");

        assertThat(delete(made.getId(), true).getDeleted()).isTrue();
        assertThat(floatingIps()).extracting(FloatingIp::getId).doesNotContain(floatingIp.getId());
    }

    @Test
    void aDeletedServersFloatingIpStaysUnlessAskedFor() {
        Server made = create(automatic());
        delete(made.getId(), false);
        assertThat(at(made.getPublicV4()).getIsAttached()).isFalse();
    }

    @Test
    void theFloatingIpsThatAreNamedLeadToIt() {
        Server made =
                create(ServerReach.newBuilder().addIps(own.name("FloatingIps")).build());
        assertThat(made.getPublicV4()).isEqualTo(own.name("FloatingIps"));
        assertThat(leading(made.getId())).containsExactly(own.name("FloatingIps"));
        delete(made.getId(), false);
    }

    @Test
    void oneOfAPoolOrAnUnusedOneIsTaken() {
        Server pooled = create(
                ServerReach.newBuilder().setIpPool("public").setReuseIps(false).build());
        assertThat(pooled.getPublicV4()).isNotEmpty().isNotEqualTo(own.name("FloatingIps"));
        Server reusing = create(ServerReach.getDefaultInstance());
        assertThat(reusing.getPublicV4()).isNotEmpty();
        assertThat(at(reusing.getPublicV4()).getDescription()).doesNotContain(reusing.getId());
        delete(reusing.getId(), false);
    }

    /** A wait without an order attaches nothing, and neither does one whose order is empty. */
    @Test
    void aWaitChangesNothingUnlessAsked() {
        int before = floatingIps().size();
        waitFor(ServerReach.newBuilder().setAutoIp(false).build());
        served.client().stream(
                        "WaitForServer",
                        WaitForServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(name)
                                .build(),
                        PATIENCE)
                .forEachRemaining(state -> {});
        assertThat(floatingIps()).hasSize(before);
        assertThat(leading(own.id("Servers"))).isEmpty();
    }

    @Test
    void manyWaitsAttachOneFloatingIp() throws Exception {
        int before = floatingIps().size();
        ConcurrentLinkedQueue<Server> last = new ConcurrentLinkedQueue<>();
        List<Runnable> waits = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            waits.add(() -> last.add(waitFor(automatic())));
        }
        AtOnce.run(waits, MANY);

        List<String> leading = leading(own.id("Servers"));
        assertThat(leading).hasSize(1);
        assertThat(floatingIps()).hasSize(before + 1);
        assertThat(last).hasSize(MANY).extracting(Server::getPublicV4).containsOnly(leading.getFirst());
        System.out.println("servers: " + cloud.name() + " " + MANY + " waits with reach on one server attached "
                + leading.size() + " floating IP");
    }

    @Test
    void nothingIsMadeForWhatCannotBe() {
        CreateServerRequest.Builder request = plain.toBuilder();
        Map<String, CreateServerRequest> wrong = Map.of(
                "INVALID_ARGUMENT INVALID_FIELD needs wait",
                request.clone().setWait(false).setReach(automatic()).build(),
                "INVALID_ARGUMENT INVALID_FIELD no_networks",
                request.clone()
                        .clearNetworks()
                        .setNoNetworks(true)
                        .setReach(automatic())
                        .build(),
                "INVALID_ARGUMENT INVALID_FIELD ips with ip_pool",
                request.clone()
                        .setReach(ServerReach.newBuilder().addIps("192.0.2.1").setIpPool("public"))
                        .build(),
                "NOT_FOUND RESOURCE_NOT_FOUND ips",
                request.clone()
                        .setReach(ServerReach.newBuilder().addIps("192.0.2.1"))
                        .build(),
                "NOT_FOUND RESOURCE_NOT_FOUND ip_pool",
                request.clone()
                        .setReach(ServerReach.newBuilder().setIpPool("no-such-network"))
                        .build());
        wrong.forEach((told, asked) -> fails(
                told.substring(0, told.indexOf(' ', told.indexOf(' ') + 1)),
                () -> served.client().call("CreateServer", asked, PATIENCE)));
        assertThat(servers()).isEmpty();
    }

    @Test
    void whatCannotBeMadeReachableIsNotLeft() {
        int before = floatingIps().size();
        // Floating IPs come from external networks only.
        fails(
                "INVALID_ARGUMENT REFUSED_BY_CLOUD",
                () -> create(ServerReach.newBuilder()
                        .setIpPool(name)
                        .setReuseIps(false)
                        .build()));
        StockApi.until("the server is gone", () -> servers().isEmpty());
        assertThat(floatingIps()).hasSize(before);
    }

    /** A port that its caller made outlives the server: what was led there by the call that failed would lead there still. */
    @Test
    void whatItTookLeadsNowhereAgainWhenItCannotBeMadeReachable() {
        String port = StockApi.text(
                user.create("network", "/v2.0/ports", "port", Map.of("network_id", own.id("Networks"))), "id");
        String outside =
                user.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
        String more = StockApi.text(
                user.create("network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside)),
                "id");
        try {
            // One address takes one floating IP.
            fails(
                    "FAILED_PRECONDITION WRONG_STATE",
                    () -> served.client()
                            .call(
                                    "CreateServer",
                                    plain.toBuilder()
                                            .clearNetworks()
                                            .addNics(ServerNic.newBuilder().setPort(port))
                                            .setReach(ServerReach.newBuilder()
                                                    .addIps(own.name("FloatingIps"))
                                                    .addIps(more))
                                            .build(),
                                    PATIENCE));
            StockApi.until("the server is gone", () -> servers().isEmpty());
            assertThat(floatingIps()).extracting(FloatingIp::getPortId).doesNotContain(port);
            assertThat(user.ids("network", "/v2.0/ports", "ports")).contains(port);
        } finally {
            user.delete("network", "/v2.0/floatingips/" + more);
            user.delete("network", "/v2.0/ports/" + port);
        }
    }
}
