package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerResponse;
import org.openstack.oaktree.compute.v1.GetServerRequest;
import org.openstack.oaktree.compute.v1.GetServerResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerAddress;
import org.openstack.oaktree.network.v1.AcquireFloatingIpRequest;
import org.openstack.oaktree.network.v1.AcquireFloatingIpResponse;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteFloatingIpRequest;
import org.openstack.oaktree.network.v1.DeleteFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.FloatingIpStatus;
import org.openstack.oaktree.network.v1.ListFloatingIpsRequest;
import org.openstack.oaktree.network.v1.ListFloatingIpsResponse;
import org.openstack.oaktree.v1.Location;

/** What floating IPs live through, from their creation to their end. A subclass says on which cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FloatingIpLife {
    private static final int PATIENCE = 170;

    private final TestCloud cloud;
    private final String name = "fip-" + UUID.randomUUID().toString().substring(0, 8);
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private int cases;

    @SuppressWarnings("NullAway.Init") // Opened before any case runs.
    private StockApi user;

    @SuppressWarnings(
            "NullAway.Init") // Made before any case runs: a network with a server and a port, behind a router.
    private Belongings own;

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    FloatingIpLife(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        Path file = cloud.cloudsYaml(folder);
        user = new StockApi(file, folder, cloud.cloud("demo"));
        own = Belongings.ofProject(user, name);
        served = new Served(file, folder);
    }

    /** Each case begins with a server and a port that no floating IP leads to. */
    @AfterEach
    void takeAway() {
        cases++;
        for (String id : List.copyOf(made)) {
            user.delete("network", "/v2.0/floatingips/" + id);
            made.remove(id);
        }
    }

    @AfterAll
    void end() {
        served.close();
        own.close();
        user.close();
        cloud.close();
        System.out.println("floating ips: " + cloud.name() + " " + cases + " cases");
    }

    private Location here() {
        return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
    }

    private CreateFloatingIpRequest.Builder plain() {
        return CreateFloatingIpRequest.newBuilder().setLocation(here());
    }

    private CreateFloatingIpResponse create(CreateFloatingIpRequest.Builder request) {
        CreateFloatingIpResponse response = served.client().call("CreateFloatingIp", request.build(), PATIENCE);
        made.add(response.getFloatingIp().getId());
        return response;
    }

    private void refused(String reason, CreateFloatingIpRequest.Builder request) {
        Contract.fails(reason, () -> create(request));
    }

    private DeleteFloatingIpResponse delete(String addressOrId) {
        return served.client()
                .call(
                        "DeleteFloatingIp",
                        DeleteFloatingIpRequest.newBuilder()
                                .setLocation(here())
                                .setFloatingIp(addressOrId)
                                .build(),
                        PATIENCE);
    }

    private List<FloatingIp> described(String text) {
        ListFloatingIpsRequest fresh = ListFloatingIpsRequest.newBuilder()
                .setLocation(here())
                .setMaxAge(Duration.getDefaultInstance())
                .build();
        return served
                .client()
                .<ListFloatingIpsResponse>call("ListFloatingIps", fresh, PATIENCE)
                .getFloatingIpsList()
                .stream()
                .filter(floatingIp -> floatingIp.getDescription().contains(text))
                .toList();
    }

    private Server server() {
        return served.client()
                .<GetServerResponse>call(
                        "GetServer",
                        GetServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(name)
                                .build(),
                        PATIENCE)
                .getServer();
    }

    private static List<String> addresses(Server server) {
        return server.getAddressesList().stream().map(ServerAddress::getAddress).toList();
    }

    @Test
    void leadsToTheServerFromTheFirstMomentOn() {
        String inside = server().getPrivateV4();
        served.upstream();
        CreateFloatingIpResponse created =
                create(plain().setServer(name).setDescription(name).setWait(true));
        FloatingIp floatingIp = created.getFloatingIp();
        assertThat(created.getCreated()).isTrue();
        assertThat(floatingIp.getStatus()).isEqualTo(FloatingIpStatus.FLOATING_IP_STATUS_ACTIVE);
        assertThat(floatingIp.getFixedIpAddress()).isEqualTo(inside);
        assertThat(floatingIp.getDescription()).isEqualTo(name + " (oaktree)");
        assertThat(served.upstream())
                .containsEntry("network POST CreateFloatingIp", 1)
                .allSatisfy((request, count) -> assertThat(request).doesNotContain("PUT", "DELETE"));
        // The compute service hears of it later than the network service.
        StockApi.until("the server shows it", () -> addresses(server()).contains(floatingIp.getFloatingIpAddress()));
        assertThat(addresses(server())).contains(inside);

        refused("FAILED_PRECONDITION WRONG_STATE", plain().setServer(name));

        assertThat(delete(floatingIp.getFloatingIpAddress()).getDeleted()).isTrue();
        assertThat(user.find("network", "/v2.0/floatingips/" + floatingIp.getId(), "floatingip"))
                .isEmpty();
        assertThat(delete(floatingIp.getId())).isEqualTo(DeleteFloatingIpResponse.getDefaultInstance());
        assertThat(delete(floatingIp.getFloatingIpAddress())).isEqualTo(DeleteFloatingIpResponse.getDefaultInstance());
        StockApi.until(
                "the server shows it no more", () -> !addresses(server()).contains(floatingIp.getFloatingIpAddress()));
    }

    @Test
    void leadsNowhereWhenNobodySaysWhere() {
        FloatingIp floatingIp = create(plain().setWait(true)).getFloatingIp();
        assertThat(floatingIp.getStatus()).isEqualTo(FloatingIpStatus.FLOATING_IP_STATUS_DOWN);
        assertThat(floatingIp.getIsAttached()).isFalse();
        assertThat(floatingIp.getDescription()).isEqualTo("(oaktree)");
        assertThat(floatingIp.getNetworkId())
                .isEqualTo(user.ids("network", "/v2.0/networks?name=public", "networks")
                        .getFirst());
        assertThat(create(plain().setNetwork("public")).getFloatingIp().getNetworkId())
                .isEqualTo(floatingIp.getNetworkId());
    }

    /** [BUG] §5: a router without a gateway ended the search for an external network. */
    @Test
    void comesFromTheExternalNetworkWhateverRoutersThereAre() {
        String router = StockApi.text(
                user.create("network", "/v2.0/routers", "router", Map.of("name", name + "-without-a-gateway")), "id");
        try {
            served.upstream();
            FloatingIp floatingIp = create(plain()).getFloatingIp();
            assertThat(floatingIp.getNetworkId())
                    .isEqualTo(user.ids("network", "/v2.0/networks?name=public", "networks")
                            .getFirst());
            assertThat(served.upstream().keySet()).noneMatch(request -> request.contains("Router"));
        } finally {
            user.delete("network", "/v2.0/routers/" + router);
        }
    }

    @Test
    void leadsToThePortOrAddressThatIsSaid() {
        FloatingIp toPort = create(plain().setPort(own.id("Ports"))).getFloatingIp();
        assertThat(toPort.getPortId()).isEqualTo(own.id("Ports"));
        String inside = server().getPrivateV4();
        FloatingIp toAddress = create(
                        plain().setServer(name).setFixedIpAddress(inside).setNatDestination(name))
                .getFloatingIp();
        assertThat(toAddress.getFixedIpAddress()).isEqualTo(inside);
        assertThat(toAddress.getPortId()).isNotEqualTo(toPort.getPortId());
    }

    /** [BUG] §4.8: a port that had just been made was not seen. */
    @Test
    void leadsToTheNewestPortOfTheNetworkThatIsSaid() {
        Map<String, Object> fields = new HashMap<>(
                Map.of("name", name + "-newer", "network_id", own.id("Networks"), "device_id", own.id("Servers")));
        String newer = StockApi.text(user.create("network", "/v2.0/ports", "port", fields), "id");
        try {
            FloatingIp floatingIp =
                    create(plain().setServer(name).setNatDestination(name)).getFloatingIp();
            assertThat(floatingIp.getPortId()).isEqualTo(newer);
            refused("INVALID_ARGUMENT INVALID_FIELD", plain().setServer(name).setNatDestination("shared"));
            assertThat(described("(oaktree)")).extracting(FloatingIp::getId).contains(floatingIp.getId());
        } finally {
            user.delete("network", "/v2.0/ports/" + newer);
        }
    }

    @Test
    void isMadeOnceHoweverOftenTheRequestComes() throws Exception {
        String requestId = name + "-once";
        CreateFloatingIpRequest request = plain().setRequestId(requestId)
                .setServer(name)
                .setDescription(name)
                .build();
        Set<String> ids = ConcurrentHashMap.newKeySet();
        Set<String> news = ConcurrentHashMap.newKeySet();
        List<Runnable> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String call = "call " + i;
            calls.add(() -> {
                CreateFloatingIpResponse answer = create(request.toBuilder());
                ids.add(answer.getFloatingIp().getId());
                if (answer.getCreated()) {
                    news.add(call);
                }
            });
        }
        AtOnce.run(calls, calls.size());
        assertThat(ids).hasSize(1);
        assertThat(news).hasSize(1);
        assertThat(described(requestId)).extracting(FloatingIp::getId).containsExactlyElementsOf(ids);
        assertThat(described(requestId).getFirst().getDescription())
                .matches(name + " \\(oaktree " + requestId + " [0-9a-f]{16}\\)");
        refused("ALREADY_EXISTS REQUEST_ID_REUSED", request.toBuilder().setDescription("another"));
        assertThat(described(requestId)).hasSize(1);
    }

    @Test
    void isRefusedBeforeAnythingIsMade() {
        Set<String> before = new HashSet<>(user.ids("network", "/v2.0/floatingips", "floatingips"));
        String invalid = "INVALID_ARGUMENT INVALID_FIELD";
        refused(invalid, plain().setServer(name).setPort(name));
        refused(invalid, plain().setFixedIpAddress("10.0.0.3"));
        refused(invalid, plain().setNatDestination(name));
        refused(invalid, plain().setServer(name).setFixedIpAddress("192.0.2.1"));
        refused(invalid, plain().setDescription("x".repeat(191)));
        refused(invalid, plain().setRequestId("not allowed"));
        refused("NOT_FOUND RESOURCE_NOT_FOUND", plain().setServer("no-such-server"));
        refused("NOT_FOUND RESOURCE_NOT_FOUND", plain().setNetwork("no-such-network"));
        refused("INVALID_ARGUMENT REFUSED_BY_CLOUD", plain().setNetwork(name));
        assertThat(user.ids("network", "/v2.0/floatingips", "floatingips")).containsExactlyInAnyOrderElementsOf(before);
        create(plain().setDescription("x".repeat(190)).setRequestId("i".repeat(36)));
    }

    private AddIpsToServerRequest.Builder lead() {
        return AddIpsToServerRequest.newBuilder().setLocation(here()).setServer(name);
    }

    private List<FloatingIp> lead(AddIpsToServerRequest.Builder request) {
        List<FloatingIp> led = served.client()
                .<AddIpsToServerResponse>call("AddIpsToServer", request.build(), PATIENCE)
                .getFloatingIpsList();
        led.forEach(floatingIp -> made.add(floatingIp.getId()));
        return led;
    }

    private boolean leadAway(String floatingIp) {
        return served.client()
                .<DetachIpFromServerResponse>call(
                        "DetachIpFromServer",
                        DetachIpFromServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(name)
                                .setFloatingIp(floatingIp)
                                .build(),
                        PATIENCE)
                .getDetached();
    }

    /** [BUG] §4.5: a floating IP that is not there ended in an error of the program. */
    @Test
    void isLedToTheServerAndAway() {
        FloatingIp floatingIp = create(plain()).getFloatingIp();
        String inside = server().getPrivateV4();
        FloatingIp led =
                lead(lead().addFloatingIps(floatingIp.getFloatingIpAddress())).getFirst();
        assertThat(led.getId()).isEqualTo(floatingIp.getId());
        assertThat(led.getFixedIpAddress()).isEqualTo(inside);
        served.upstream();
        assertThat(lead(lead().addFloatingIps(floatingIp.getId())))
                .extracting(FloatingIp::getPortId)
                .containsExactly(led.getPortId());
        assertThat(lead(lead())).extracting(FloatingIp::getId).containsExactly(floatingIp.getId());
        assertThat(served.upstream())
                .as("a repeat writes nothing")
                .allSatisfy((request, count) -> assertThat(request).contains(" GET "));
        String other = create(plain()).getFloatingIp().getId();
        Contract.fails("FAILED_PRECONDITION WRONG_STATE", () -> lead(lead().addFloatingIps(other)));
        assertThat(leadAway(other)).isFalse();
        assertThat(leadAway(floatingIp.getFloatingIpAddress())).isTrue();
        assertThat(leadAway(floatingIp.getId())).isFalse();
        assertThat(described("(oaktree)"))
                .filteredOn(mine -> mine.getId().equals(floatingIp.getId()))
                .singleElement()
                .satisfies(mine -> assertThat(mine.getIsAttached()).isFalse());
        Contract.fails("NOT_FOUND RESOURCE_NOT_FOUND", () -> leadAway("192.0.2.1"));
        Contract.fails("NOT_FOUND RESOURCE_NOT_FOUND", () -> lead(lead().addFloatingIps("192.0.2.1")));
        Contract.fails("INVALID_ARGUMENT INVALID_FIELD", () -> leadAway(""));
        Contract.fails("INVALID_ARGUMENT INVALID_FIELD", () -> lead(lead().setFixedIpAddress("192.0.2.1")));
        Contract.fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> lead(lead().addFloatingIps(other).setNetwork("public")));
    }

    /** [BUG] §4.7: the second floating IP of a server was waited for in vain. */
    @Test
    void isWaitedForOnAServerThatHasAnother() {
        String first = server().getPrivateV4();
        Map<String, Object> port =
                Map.of("name", name + "-second", "network_id", own.id("Networks"), "device_id", own.id("Servers"));
        Map<String, @Nullable Object> second = user.create("network", "/v2.0/ports", "port", port);
        try {
            String inside =
                    StockApi.text(StockApi.objects(second.get("fixed_ips")).getFirst(), "ip_address");
            for (String address : List.of(first, inside, first)) {
                FloatingIp led =
                        lead(lead().setFixedIpAddress(address).setWait(true)).getFirst();
                assertThat(led.getFixedIpAddress()).isEqualTo(address);
                assertThat(led.getStatus()).isEqualTo(FloatingIpStatus.FLOATING_IP_STATUS_ACTIVE);
            }
            assertThat(made).hasSize(2);
        } finally {
            user.delete("network", "/v2.0/ports/" + StockApi.text(second, "id"));
        }
    }

    @Test
    void isGivenToAServerOnceHoweverManyAsk() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        served.upstream();
        AtOnce.run(Collections.nCopies(10, () -> lead(lead()).forEach(floatingIp -> ids.add(floatingIp.getId()))), 10);
        assertThat(ids).hasSize(1);
        assertThat(served.upstream()).containsEntry("network POST CreateFloatingIp", 1);
    }

    @Test
    void isTakenFromThoseThatLeadNowhere() {
        Set<String> before = new HashSet<>(user.ids("network", "/v2.0/floatingips", "floatingips"));
        FloatingIp taken = lead(lead().setReuse(true)).getFirst();
        assertThat(before).contains(taken.getId());
        assertThat(taken.getIsAttached()).isTrue();
        assertThat(leadAway(taken.getId())).isTrue();
        made.remove(taken.getId());
    }

    @Test
    void isHandedOutToOneCallerOnly(@TempDir Path folder) throws Exception {
        AcquireFloatingIpRequest any =
                AcquireFloatingIpRequest.newBuilder().setLocation(here()).build();
        AcquireFloatingIpRequest repeatable =
                any.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
        // What one oaktree keeps for its callers shall not be missing in the other cases.
        try (Served another = new Served(cloud.cloudsYaml(folder), folder)) {
            Queue<FloatingIp> acquired = new ConcurrentLinkedQueue<>();
            List<Runnable> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(() -> acquired.add(acquire(another, any).getFloatingIp()));
            }
            AtOnce.run(calls, calls.size());
            assertThat(acquired).extracting(FloatingIp::getId).doesNotHaveDuplicates();
            assertThat(acquired).extracting(FloatingIp::getIsAttached).containsOnly(false);

            FloatingIp mine = acquire(another, repeatable).getFloatingIp();
            assertThat(acquired).extracting(FloatingIp::getId).doesNotContain(mine.getId());
            AcquireFloatingIpResponse again = acquire(another, repeatable);
            assertThat(again.getFloatingIp().getId()).isEqualTo(mine.getId());
            assertThat(again.getCreated()).isFalse();

            DeleteUnattachedFloatingIpsResponse unused = another.client()
                    .call(
                            "DeleteUnattachedFloatingIps",
                            DeleteUnattachedFloatingIpsRequest.newBuilder()
                                    .setLocation(here())
                                    .setMinAge(Duration.getDefaultInstance())
                                    .setIncludeForeign(true)
                                    .setDryRun(true)
                                    .build());
            assertThat(unused.getFloatingIpsList())
                    .extracting(FloatingIp::getId)
                    .doesNotContain(mine.getId())
                    .doesNotContainAnyElementsOf(
                            acquired.stream().map(FloatingIp::getId).toList());
            Contract.fails(
                    "NOT_FOUND RESOURCE_NOT_FOUND",
                    () -> acquire(
                            another,
                            any.toBuilder().setNetwork("no-such-network").build()));
        }
    }

    private AcquireFloatingIpResponse acquire(Served oaktree, AcquireFloatingIpRequest request) {
        AcquireFloatingIpResponse response = oaktree.client().call("AcquireFloatingIp", request, PATIENCE);
        if (response.getCreated()) {
            made.add(response.getFloatingIp().getId());
        }
        return response;
    }
}
