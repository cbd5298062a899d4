package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerReach;
import org.openstack.oaktree.compute.v1.ServerStatus;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.compute.v1.WaitForServerResponse;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.v1.Location;

/** A server is waited for, and what passes by itself happens meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class WaitsTest {
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();
    private static final int PATIENCE_SECONDS = 60;
    /** Longer than a few polls. */
    private static final String BUILD_SECONDS = "5";

    /** Longer than a stream may be silent. */
    private static final java.time.Duration SLOW = java.time.Duration.ofSeconds(21);

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults());

    @SuppressWarnings("NullAway.Init") // Started before each test.
    private Served served;

    @BeforeEach
    void serve(@TempDir Path folder) throws IOException {
        served = new Served(Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml()), folder);
    }

    @AfterEach
    void close() {
        served.close();
        cloud.close();
    }

    static Stream<Arguments> whatPasses() {
        return Stream.of(
                Arguments.of("a token that is revoked", new Fault.TokenRevoked(), 1),
                Arguments.of("503s", Fault.status(503, "{}"), 5),
                Arguments.of("a page of a load balancer", Fault.html(502), 5),
                Arguments.of("connections that are reset", new Fault.Reset(), 5),
                Arguments.of("a limit", Fault.retryAfter(429, "1"), 2),
                Arguments.of("lists without it", forgotten(), 2));
    }

    private static Fault forgotten() {
        return new Fault.WrongBody("application/json", "{\"servers\": []}");
    }

    /** After the first list that the wait reads. */
    private Faults.Active afterOneList(Fault fault, int times) {
        return cloud.faults().add(lists(fault).skip(1).times(times));
    }

    private static FaultRule lists(Fault fault) {
        return FaultRule.on("compute", fault).method("GET").path("/v2.1/servers/detail");
    }

    private CreateServerRequest slow() {
        return PlainServer.request(served.client(), HERE).toBuilder()
                .setName("slow")
                .putMetadata("testcloud_delay", BUILD_SECONDS)
                .build();
    }

    private Server create(CreateServerRequest request) {
        return served.client()
                .<CreateServerResponse>call("CreateServer", request, PATIENCE_SECONDS)
                .getServer();
    }

    private List<ServerStatus> waitFor(String server) {
        Iterator<WaitForServerResponse> states = served.client().stream(
                "WaitForServer",
                WaitForServerRequest.newBuilder()
                        .setLocation(HERE)
                        .setServer(server)
                        .build(),
                PATIENCE_SECONDS);
        List<ServerStatus> seen = new ArrayList<>();
        states.forEachRemaining(state -> seen.add(state.getServer().getStatus()));
        return seen;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatPasses")
    void goOn(String what, Fault fault, int times) {
        Server building = create(slow());
        Faults.Active struck = afterOneList(fault, times);
        List<ServerStatus> seen = waitFor(building.getId());
        assertThat(struck.struck()).as(what).isEqualTo(times);
        assertThat(seen).startsWith(ServerStatus.SERVER_STATUS_BUILD).endsWith(ServerStatus.SERVER_STATUS_ACTIVE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatPasses")
    void ofACreationGoOn(String what, Fault fault, int times) {
        CreateServerRequest request = slow().toBuilder().setWait(true).build();
        Faults.Active struck = afterOneList(fault, times);
        assertThat(create(request).getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        assertThat(struck.struck()).as(what).isEqualTo(times);
    }

    /** As a cloud of several nodes may do at once after it has made the server. */
    @Test
    void goOnThoughTheCloudDoesNotKnowTheServerYet() {
        CreateServerRequest request = slow().toBuilder().setWait(true).build();
        Faults.Active struck = cloud.faults().add(lists(forgotten()).times(2));
        assertThat(create(request).getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_ACTIVE);
        assertThat(struck.struck()).isEqualTo(2);
    }

    @Test
    void endWhenTheServerIsForgottenForGood() {
        Server building = create(slow());
        afterOneList(forgotten(), Integer.MAX_VALUE);
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> waitFor(building.getId()));
        assertThat(Client.reason(failure)).isEqualTo("NOT_FOUND RESOURCE_NOT_FOUND");
    }

    @Test
    void areNotAnsweredFromAListThatIsKept() {
        ListServersRequest kept = ListServersRequest.newBuilder()
                .setLocation(HERE)
                .setMaxAge(Duration.newBuilder().setSeconds(PATIENCE_SECONDS))
                .build();
        Server building = create(slow());
        assertThat(statuses(kept)).containsExactly(ServerStatus.SERVER_STATUS_BUILD);
        assertThat(waitFor(building.getId())).endsWith(ServerStatus.SERVER_STATUS_ACTIVE);
        assertThat(statuses(kept)).containsExactly(ServerStatus.SERVER_STATUS_ACTIVE);
    }

    private List<ServerStatus> statuses(ListServersRequest request) {
        return served.client().<ListServersResponse>call("ListServers", request).getServersList().stream()
                .map(Server::getStatus)
                .toList();
    }

    /** One makes the floating IP and the other waits for that: both hear of it that their calls are alive, though nova does not answer either. */
    @Test
    void areHeardOfWhileTheNetworkTakesItsTime() throws Exception {
        Server active = create(slow().toBuilder().setWait(true).build());
        Faults.Active slow = cloud.faults()
                .add(FaultRule.on("network", new Fault.Delay(SLOW))
                        .method("POST")
                        .path("/v2.0/floatingips"));
        Queue<java.time.Duration> longest = new ConcurrentLinkedQueue<>();
        Runnable wait = () -> longest.add(longestSilence(WaitForServerRequest.newBuilder()
                .setLocation(HERE)
                .setServer(active.getId())
                .setReach(ServerReach.newBuilder().setReuseIps(false))
                .build()));
        Runnable mute = () -> {
            StockApi.until("the floating IP is asked for", () -> slow.struck() > 0);
            // By then the other one has looked at the server, too.
            LockSupport.parkNanos(java.time.Duration.ofSeconds(2).toNanos());
            cloud.faults()
                    .add(FaultRule.on("compute", new Fault.Hang())
                            .method("GET")
                            .path("/v2.1/servers/" + active.getId())
                            .times(1));
        };
        AtOnce.run(List.of(wait, wait, mute), 3);
        assertThat(slow.struck()).isEqualTo(1);
        assertThat(longest).hasSize(2).allMatch(silence -> silence.compareTo(SLOW) < 0);
    }

    static Stream<Arguments> whatIsSlow() {
        return Stream.of(
                // The longer a cloud takes to read a list, the less often it is asked.
                Arguments.of("a list that takes its time", new Fault.Delay(java.time.Duration.ofMillis(1200)), 0),
                Arguments.of("a list that never comes", new Fault.Hang(), 1),
                Arguments.of("lists that fail", Fault.status(503, "{}"), 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsSlow")
    void areHeardOf(String what, Fault fault, int times) {
        Server building = create(slow().toBuilder()
                .putMetadata("testcloud_delay", Long.toString(SLOW.toSeconds() + 4))
                .build());
        Faults.Active struck = cloud.faults().add(lists(fault).skip(1).times(times));
        assertThat(longestSilence(WaitForServerRequest.newBuilder()
                        .setLocation(HERE)
                        .setServer(building.getId())
                        .setTimeout(Duration.newBuilder().setSeconds(SLOW.toSeconds() + 9))
                        .build()))
                .as(what)
                .isLessThan(SLOW);
        assertThat(struck.struck()).isPositive();
    }

    private java.time.Duration longestSilence(WaitForServerRequest request) {
        Iterator<WaitForServerResponse> states = served.client().stream("WaitForServer", request, PATIENCE_SECONDS);
        java.time.Duration longest = java.time.Duration.ZERO;
        Instant last = Instant.now();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = hasNext(states);
            java.time.Duration silence = java.time.Duration.between(last, Instant.now());
            longest = silence.compareTo(longest) > 0 ? silence : longest;
            last = Instant.now();
            if (goesOn) {
                states.next();
            }
        }
        return longest;
    }

    /** False also when the wait has timed out: that is an end like another. */
    private static boolean hasNext(Iterator<WaitForServerResponse> states) {
        try {
            return states.hasNext();
        } catch (StatusRuntimeException failure) {
            assertThat(Client.reason(failure)).isEqualTo("DEADLINE_EXCEEDED WAIT_TIMED_OUT");
            return false;
        }
    }
}
