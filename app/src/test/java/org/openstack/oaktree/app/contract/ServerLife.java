package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataRequest;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataResponse;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.compute.v1.DeleteServerResponse;
import org.openstack.oaktree.compute.v1.GetServerConsoleRequest;
import org.openstack.oaktree.compute.v1.GetServerConsoleResponse;
import org.openstack.oaktree.compute.v1.GetServerRequest;
import org.openstack.oaktree.compute.v1.GetServerResponse;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.RebootServerRequest;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerStatus;
import org.openstack.oaktree.compute.v1.SetServerMetadataRequest;
import org.openstack.oaktree.compute.v1.SetServerMetadataResponse;
import org.openstack.oaktree.compute.v1.StartServerRequest;
import org.openstack.oaktree.compute.v1.StopServerRequest;
import org.openstack.oaktree.compute.v1.UpdateServerRequest;
import org.openstack.oaktree.compute.v1.UpdateServerResponse;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.compute.v1.WaitForServerResponse;
import org.openstack.oaktree.v1.Location;

/** What a server lives through, from its creation to its end. A subclass says on which cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerLife {
    private static final int PATIENCE = 170;

    private final TestCloud cloud;

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Found before any case runs.
    private CreateServerRequest plain;

    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private int cases;

    ServerLife(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        served = new Served(cloud.cloudsYaml(folder), folder);
        plain = PlainServer.request(served.client(), here());
    }

    @AfterEach
    void count() {
        cases++;
    }

    @AfterAll
    void close() {
        for (String id : List.copyOf(made)) {
            delete(id, true);
        }
        served.close();
        cloud.close();
        System.out.println("servers: " + cloud.name() + " " + cases + " cases");
    }

    private Location here() {
        return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
    }

    private static String unique() {
        return "life-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private CreateServerResponse create(CreateServerRequest request) {
        CreateServerResponse response = served.client().call("CreateServer", request, PATIENCE);
        made.add(response.getServer().getId());
        return response;
    }

    private DeleteServerResponse delete(String id, boolean wait) {
        made.remove(id);
        return served.client()
                .call(
                        "DeleteServer",
                        DeleteServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .setWait(wait)
                                .build(),
                        PATIENCE);
    }

    private Server get(String id) {
        return served.client()
                .<GetServerResponse>call(
                        "GetServer",
                        GetServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .build())
                .getServer();
    }

    private List<Server> named(String name) {
        return served
                .client()
                .<ListServersResponse>call(
                        "ListServers",
                        ListServersRequest.newBuilder()
                                .setLocation(here())
                                .setMaxAge(Duration.getDefaultInstance())
                                .build())
                .getServersList()
                .stream()
                .filter(server -> server.getName().equals(name))
                .toList();
    }

    private static void fails(String reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(Client.reason(failure))
                                .as(failure.getMessage())
                                .isEqualTo(reason));
    }

    /** [BUG] §4.2: a network by its name was refused; here all is named. */
    @Test
    void isMadeStoppedStartedRebootedAndDeleted() {
        CreateServerRequest request = plain.toBuilder()
                .setName(unique())
                .setWait(true)
                .putMetadata("team", "green")
                .setConfigDrive(true)
                .build();
        CreateServerResponse created = create(request);
        Server server = created.getServer();
        String id = server.getId();
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getAdminPassword()).isNotEmpty();
        assertThat(server.getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        assertThat(server.getName()).isEqualTo(request.getName());
        assertThat(server.getMetadataMap()).containsEntry("team", "green");
        assertThat(server.getHasConfigDrive()).isTrue();
        assertThat(server.getPrivateV4()).isNotEmpty();

        served.client()
                .call(
                        "StopServer",
                        StopServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(request.getName())
                                .setWait(true)
                                .build());
        assertThat(get(id).getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_SHUTOFF);
        fails(
                "FAILED_PRECONDITION WRONG_STATE",
                () -> served.client()
                        .call(
                                "StopServer",
                                StopServerRequest.newBuilder()
                                        .setLocation(here())
                                        .setServer(id)
                                        .build()));
        served.client()
                .call(
                        "StartServer",
                        StartServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .setWait(true)
                                .build());
        assertThat(get(id).getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        served.client()
                .call(
                        "RebootServer",
                        RebootServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .setWait(true)
                                .build());
        assertThat(get(id).getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        GetServerConsoleResponse console = served.client()
                .call(
                        "GetServerConsole",
                        GetServerConsoleRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .setLineCount(5)
                                .build());
        assertThat(console.getOutput()).isNotEmpty();

        assertThat(delete(id, true).getDeleted()).isTrue();
        fails("NOT_FOUND RESOURCE_NOT_FOUND", () -> get(id));
        assertThat(delete(id, true).getDeleted()).isFalse();
    }

    @Test
    void isMadeOnceHoweverOftenTheRequestComes() throws Exception {
        CreateServerRequest request =
                plain.toBuilder().setName(unique()).setRequestId(unique()).build();
        Set<String> ids = new HashSet<>();
        int news = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<CreateServerResponse>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> create(request));
            }
            for (Future<CreateServerResponse> call : threads.invokeAll(calls)) {
                ids.add(call.get().getServer().getId());
                news += call.get().getCreated() ? 1 : 0;
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(news).isEqualTo(1);
        assertThat(named(request.getName())).hasSize(1);
        CreateServerRequest other =
                request.toBuilder().putMetadata("another", "one").build();
        fails("ALREADY_EXISTS REQUEST_ID_REUSED", () -> create(other));
        assertThat(named(request.getName())).hasSize(1);
    }

    @Test
    void isSeenChangingUntilItIsActive() {
        String id = create(plain.toBuilder()
                        .setName(unique())
                        .putMetadata("testcloud_delay", "3")
                        .build())
                .getServer()
                .getId();
        Iterator<WaitForServerResponse> states = served.client().stream(
                "WaitForServer",
                WaitForServerRequest.newBuilder()
                        .setLocation(here())
                        .setServer(id)
                        .build(),
                PATIENCE);
        List<WaitForServerResponse> seen = new ArrayList<>();
        states.forEachRemaining(seen::add);
        assertThat(seen.getFirst().getServer().getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_BUILD);
        assertThat(seen.getLast().getServer().getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        assertThat(seen.getLast().getServer().getPrivateV4()).isNotEmpty();
        assertThat(seen)
                .allSatisfy(state -> assertThat(state.getServer().getId()).isEqualTo(id));
    }

    @Test
    void isTakenAwayAgainWhenItFailsWhileItIsWaitedFor() {
        CreateServerRequest request = plain.toBuilder()
                .setName(unique())
                .setWait(true)
                .putMetadata("testcloud_fail", "1")
                .build();
        assertThatThrownBy(() -> create(request)).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(Client.reason(failure))
                    .isIn("FAILED_PRECONDITION RESOURCE_FAILED", "RESOURCE_EXHAUSTED NO_CAPACITY");
            assertThat(failure.getMessage()).contains("deleted again");
        });
        assertThat(named(request.getName()))
                .allSatisfy(server -> assertThat(server.getTaskState()).isEqualTo("deleting"));
    }

    /** [BUG] §4.4: a wait deleted a server that was ACTIVE without addresses. */
    @Test
    void staysThoughItHasNoAddress() {
        CreateServerRequest request = plain.toBuilder()
                .setName(unique())
                .clearNetworks()
                .setNoNetworks(true)
                .build();
        String id = create(request).getServer().getId();
        WaitForServerRequest wait = WaitForServerRequest.newBuilder()
                .setLocation(here())
                .setServer(id)
                .build();
        served.client().<WaitForServerResponse>stream("WaitForServer", wait, PATIENCE)
                .forEachRemaining(message -> {});
        Server ready = get(id);
        assertThat(ready.getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        assertThat(ready.getAddressesList()).isEmpty();
    }

    /** [BUG] §4.2: a password that the caller gave was lost. */
    @Test
    void hasThePasswordThatWasGiven() {
        String password = "given-" + UUID.randomUUID();
        CreateServerRequest request =
                plain.toBuilder().setName(unique()).setAdminPassword(password).build();
        assertThat(create(request).getAdminPassword()).isEqualTo(password);
    }

    @Test
    void staysWhenTheWaitIsOver() {
        CreateServerRequest request = plain.toBuilder()
                .setName(unique())
                .setWait(true)
                .setTimeout(Duration.newBuilder().setSeconds(2).build())
                .putMetadata("testcloud_delay", "10")
                .build();
        fails("DEADLINE_EXCEEDED WAIT_TIMED_OUT", () -> create(request));
        List<Server> left = named(request.getName());
        assertThat(left).hasSize(1);
        made.add(left.getFirst().getId());
    }

    private UpdateServerRequest.Builder update(String id) {
        return UpdateServerRequest.newBuilder().setLocation(here()).setServer(id);
    }

    private Server update(UpdateServerRequest.Builder request) {
        return served.client()
                .<UpdateServerResponse>call("UpdateServer", request.build())
                .getServer();
    }

    private SetServerMetadataRequest.Builder metadata(String id) {
        return SetServerMetadataRequest.newBuilder().setLocation(here()).setServer(id);
    }

    private List<String> deleteMetadata(String id, String... keys) {
        return served.client()
                .<DeleteServerMetadataResponse>call(
                        "DeleteServerMetadata",
                        DeleteServerMetadataRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .addAllKeys(List.of(keys))
                                .build())
                .getKeysList();
    }

    @Test
    void changesOnlyWhatIsSaid() {
        Server made = create(plain.toBuilder()
                        .setName(unique())
                        .setDescription("as it was")
                        .setWait(true)
                        .build())
                .getServer();
        String id = made.getId();
        String name = unique();

        Server renamed = update(update(made.getName()).setName(name));
        assertThat(renamed.getName()).isEqualTo(name);
        assertThat(renamed.getDescription()).isEqualTo("as it was");
        assertThat(renamed.getPrivateV4()).isEqualTo(made.getPrivateV4()).isNotEmpty();
        assertThat(renamed.getFlavor()).isEqualTo(made.getFlavor());
        assertThat(get(id).getName()).isEqualTo(name);

        Server reached = update(update(id)
                .setUpdateMask(FieldMask.newBuilder().addPaths("access_ipv4").addPaths("description"))
                .setAccessIpv4("192.0.2.7"));
        assertThat(reached.getAccessIpv4()).isEqualTo("192.0.2.7");
        assertThat(reached.getDescription()).isEmpty();
        assertThat(reached.getName()).isEqualTo(name);
        fails(
                "INVALID_ARGUMENT REFUSED_BY_CLOUD",
                () -> update(update(id).setUpdateMask(FieldMask.newBuilder().addPaths("access_ipv4"))));
        assertThat(update(update(id).setAccessIpv6("2001:db8::7")).getAccessIpv6())
                .isEqualTo("2001:db8::7");
        assertThat(update(update(id)).getName()).isEqualTo(name);

        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> update(update(id)
                        .setUpdateMask(FieldMask.newBuilder().addPaths("description"))
                        .setName("not named")));
        fails(
                "INVALID_ARGUMENT REFUSED_BY_CLOUD",
                () -> update(update(id).setUpdateMask(FieldMask.newBuilder().addPaths("name"))));
        fails(
                "NOT_FOUND RESOURCE_NOT_FOUND",
                () -> update(update("no-such-server").setName("x")));
        assertThat(get(id).getName()).isEqualTo(name);
    }

    @Test
    void metadataIsSetAndRemovedByTheEntry() {
        Server made = create(plain.toBuilder()
                        .setName(unique())
                        .putMetadata("team", "green")
                        .putMetadata("stage", "one")
                        .setWait(true)
                        .build())
                .getServer();
        String id = made.getId();

        SetServerMetadataResponse set = served.client()
                .call(
                        "SetServerMetadata",
                        metadata(made.getName())
                                .putMetadata("stage", "two")
                                .putMetadata("a:b c", "")
                                .build());
        assertThat(set.getMetadataMap())
                .containsEntry("team", "green")
                .containsEntry("stage", "two")
                .containsEntry("a:b c", "");
        assertThat(get(id).getMetadataMap()).containsAllEntriesOf(set.getMetadataMap());

        assertThat(deleteMetadata(id, "stage", "no-such-key", "a:b c")).containsExactly("stage", "a:b c");
        assertThat(get(id).getMetadataMap()).containsEntry("team", "green").doesNotContainKeys("stage", "a:b c");
        assertThat(deleteMetadata(id, "stage")).isEmpty();

        fails("NOT_FOUND RESOURCE_NOT_FOUND", () -> deleteMetadata("no-such-server", "team"));
        fails("INVALID_ARGUMENT INVALID_FIELD", () -> deleteMetadata(id));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> served.client().call("SetServerMetadata", metadata(id).build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> served.client()
                        .call(
                                "SetServerMetadata",
                                metadata(id).putMetadata("tree", "\uD83C\uDF33").build()));
        SetServerMetadataRequest.Builder tooMany = metadata(id);
        for (int i = 0; i < 200; i++) {
            tooMany.putMetadata("key" + i, "value");
        }
        fails("RESOURCE_EXHAUSTED QUOTA_EXCEEDED", () -> served.client().call("SetServerMetadata", tooMany.build()));
        assertThat(get(id).getMetadataMap()).containsEntry("team", "green").doesNotContainKey("key0");
    }

    /** [BUG] §4.2: an image that is not there ended in an error of the program. */
    @Test
    void isNotMadeOfWhatIsNotThere() {
        CreateServerRequest request = plain.toBuilder().setName(unique()).build();
        fails(
                "NOT_FOUND RESOURCE_NOT_FOUND",
                () -> create(request.toBuilder().setImage("no-such-image").build()));
        fails(
                "NOT_FOUND RESOURCE_NOT_FOUND",
                () -> create(request.toBuilder().addNetworks("no-such-network").build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(request.toBuilder().clearFlavor().build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(request.toBuilder().setNoNetworks(true).build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(
                        request.toBuilder().putMetadata("tree", "\uD83C\uDF33").build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(request.toBuilder().addTags("\uD83C\uDF33").build()));
        assertThat(named(request.getName())).isEmpty();
    }

    @Test
    void isWaitedForByManyAtThePriceOfOne() throws Exception {
        int one = lists(building(1), 1);
        int many = lists(building(5), 10);
        System.out.println("calls: " + cloud.name() + " lists of servers for 1 wait " + one + ", for 50 waits " + many);
        assertThat(one).as("a wait of several polls").isGreaterThan(3);
        assertThat(2 * many).isLessThanOrEqualTo(3 * one);
    }

    /** IDs of servers that take their time, and all the same. */
    private List<String> building(int count) {
        String name = unique();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(create(plain.toBuilder()
                            .setName(name + i)
                            .clearNetworks()
                            .setNoNetworks(true)
                            .putMetadata("testcloud_delay", "12")
                            .build())
                    .getServer()
                    .getId());
        }
        return ids;
    }

    /** How many lists of servers the cloud was asked for while each of them was waited for so many times. */
    private int lists(List<String> ids, int times) throws Exception {
        served.upstream();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> waits = new ArrayList<>();
            for (String id : ids) {
                for (int i = 0; i < times; i++) {
                    waits.add(() -> {
                        int states = 0;
                        Iterator<WaitForServerResponse> seen = served.client().stream(
                                "WaitForServer",
                                WaitForServerRequest.newBuilder()
                                        .setLocation(here())
                                        .setServer(id)
                                        .build(),
                                PATIENCE);
                        while (seen.hasNext()) {
                            seen.next();
                            states++;
                        }
                        return states;
                    });
                }
            }
            for (Future<Integer> wait : threads.invokeAll(waits)) {
                assertThat(wait.get()).isPositive();
            }
        }
        return served.upstream().entrySet().stream()
                .filter(request -> request.getKey().equals("compute GET ListServers"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
