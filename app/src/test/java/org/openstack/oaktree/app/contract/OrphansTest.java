package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.v1.Location;

/** Which floating IPs DeleteUnattachedFloatingIps deletes. */
class OrphansTest {
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();
    private static final Duration AT_ONCE = Duration.getDefaultInstance();

    private final SetClock clock = new SetClock();
    private final SimCloud cloud = SimCloud.start(SimOptions.defaults().withClock(clock));

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Started before each test.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Opened before each test.
    private StockApi user;

    @BeforeEach
    void serve() throws IOException {
        Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
        served = new Served(file, folder);
        user = new StockApi(file, folder, "simcloud");
    }

    @AfterEach
    void close() {
        served.close();
        user.close();
        cloud.close();
    }

    /** The clock of a cloud that is hours behind. */
    private static final class SetClock extends Clock {
        private volatile Clock clock = Clock.offset(Clock.systemUTC(), java.time.Duration.ofHours(-3));

        void stop() {
            clock = Clock.fixed(clock.instant(), ZoneOffset.UTC);
        }

        void pass(Duration time) {
            clock = Clock.offset(clock, java.time.Duration.ofSeconds(time.getSeconds()));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }
    }

    private Set<String> there() {
        return new HashSet<>(user.ids("network", "/v2.0/floatingips", "floatingips"));
    }

    private String own(String requestId) {
        return served.client()
                .<CreateFloatingIpResponse>call(
                        "CreateFloatingIp",
                        CreateFloatingIpRequest.newBuilder()
                                .setLocation(HERE)
                                .setRequestId(requestId)
                                .build())
                .getFloatingIp()
                .getId();
    }

    private String foreign() {
        String outside =
                user.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
        return StockApi.text(
                user.create("network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside)),
                "id");
    }

    private static DeleteUnattachedFloatingIpsRequest.Builder request() {
        return DeleteUnattachedFloatingIpsRequest.newBuilder().setLocation(HERE);
    }

    private List<String> prune(DeleteUnattachedFloatingIpsRequest.Builder request) {
        return served
                .client()
                .<DeleteUnattachedFloatingIpsResponse>call("DeleteUnattachedFloatingIps", request.build())
                .getFloatingIpsList()
                .stream()
                .map(FloatingIp::getId)
                .toList();
    }

    @Test
    void whatChangedAMomentAgoStays() {
        Set<String> made = Set.of(own("a"), own(""), foreign());
        assertThat(prune(request().setIncludeForeign(true))).isEmpty();
        assertThat(there()).containsAll(made);
    }

    @Test
    void onlyWhatOaktreeMadeIsItsOwn() {
        String foreign = foreign();
        String first = own("a");
        String second = own("");
        assertThat(prune(request().setMinAge(AT_ONCE).setDryRun(true))).containsExactlyInAnyOrder(first, second);
        assertThat(there()).contains(foreign, first, second);
        assertThat(prune(request().setMinAge(AT_ONCE))).containsExactlyInAnyOrder(first, second);
        assertThat(there()).contains(foreign).doesNotContain(first, second);
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).contains(foreign);
        assertThat(there()).doesNotContain(foreign);
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).isEmpty();
    }

    @Test
    void nothingForeignIsDeletedWhereTheCloudHeedsNoConditions() {
        cloud.faults()
                .add(FaultRule.on("network", Fault.status(404, "{}"))
                        .method("GET")
                        .path("/v2.0/extensions/revision-if-match"));
        String foreign = foreign();
        String own = own("");
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).containsExactly(own);
        assertThat(there()).contains(foreign).doesNotContain(own);
    }

    @Test
    void whatChangesBetweenTheListAndTheDeletionStays() {
        own("a");
        cloud.faults()
                .add(FaultRule.on("network", Fault.status(412, "{}"))
                        .method("DELETE")
                        .path("/v2.0/floatingips/*"));
        DeleteUnattachedFloatingIpsResponse answer = served.client()
                .call(
                        "DeleteUnattachedFloatingIps",
                        request().setMinAge(AT_ONCE).build());
        assertThat(answer.getFloatingIpsList()).isEmpty();
        assertThat(answer.getKeptCount()).isEqualTo(1);
    }

    /** What the cloud says of floating IPs without that member. */
    private void conceal(String member) {
        List<Map<String, Object>> floatingIps = user.list("network", "/v2.0/floatingips", "floatingips").stream()
                .<Map<String, Object>>map(known -> {
                    Map<String, Object> told = new TreeMap<>();
                    known.forEach((key, value) -> {
                        if (value != null && !key.equals(member)) {
                            told.put(key, value);
                        }
                    });
                    return told;
                })
                .toList();
        String body = new String(JsonTree.write(Map.of("floatingips", floatingIps)), StandardCharsets.UTF_8);
        cloud.faults()
                .add(FaultRule.on("network", new Fault.WrongBody("application/json", body))
                        .method("GET")
                        .path("/v2.0/floatingips"));
    }

    @Test
    void nothingForeignIsDeletedWhereTheCloudDoesNotTellWhenItChanged() {
        String foreign = foreign();
        String own = own("");
        conceal("updated_at");
        assertThat(prune(request().setIncludeForeign(true))).isEmpty();
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).containsExactly(own);
        cloud.faults().clear();
        assertThat(there()).contains(foreign).doesNotContain(own);
    }

    @Test
    void nothingForeignIsDeletedWhereTheCloudDoesNotCountChanges() {
        String foreign = foreign();
        conceal("revision_number");
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).isEmpty();
        cloud.faults().clear();
        assertThat(there()).contains(foreign);
    }

    @Test
    void howLongItLayUnusedIsCountedByTheCloudsClock() {
        clock.stop();
        Set<String> made = Set.of(own(""), foreign());
        // Hours behind oaktree's.
        clock.pass(Duration.newBuilder().setSeconds(300).build());
        assertThat(prune(request().setIncludeForeign(true)))
                .as("both times are cut to the second")
                .isEmpty();
        clock.pass(Duration.newBuilder().setSeconds(1).build());
        assertThat(prune(request())).hasSize(1);
        assertThat(prune(request().setIncludeForeign(true))).hasSize(1);
        assertThat(there()).doesNotContainAnyElementsOf(made);
    }

    /** As long as a call looks up the names that it was given, nobody but it knows what they mean. */
    @Test
    void whatACallWasGivenStaysFromItsBegin() throws Exception {
        try (Belongings own = Belongings.ofProject(user, "given")) {
            Faults.Active lookup = cloud.faults()
                    .add(FaultRule.on("compute", new Fault.Hang()).method("GET").path("/v2.1/servers**"));
            assertThat(attachWhile(own, lookup, this::prunedNow)).isZero();
        }
    }

    /** The clean-up has taken its turn and looks at the floating IP a second time when the attach begins. */
    @Test
    void whatACallIsGivenWhileItIsLookedAtStays() throws Exception {
        try (Belongings own = Belongings.ofProject(user, "given")) {
            Faults.Active look = cloud.faults()
                    .add(FaultRule.on("network", new Fault.Hang()).method("GET").path("/v2.0/floatingips/*-*"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Integer> deleted = threads.submit(this::prunedNow);
                StockApi.until("the clean-up looks again", () -> look.struck() > 0);
                Faults.Active lookup = cloud.faults()
                        .add(FaultRule.on("compute", new Fault.Hang())
                                .method("GET")
                                .path("/v2.1/servers**"));
                assertThat(attachWhile(own, lookup, () -> {
                            look.remove();
                            return deleted.get();
                        }))
                        .isZero();
            }
        }
    }

    private int prunedNow() {
        return prune(request().setMinAge(AT_ONCE).setIncludeForeign(true)).size();
    }

    /** Attaches a foreign floating IP by its address; while the call hangs the other thing is done. */
    private int attachWhile(Belongings own, Faults.Active hanging, Callable<Integer> other) throws Exception {
        AddIpsToServerRequest attach = AddIpsToServerRequest.newBuilder()
                .setLocation(HERE)
                .setServer("given")
                .addFloatingIps(own.name("FloatingIps"))
                .build();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AddIpsToServerResponse> attached =
                    threads.submit(() -> served.client().call("AddIpsToServer", attach));
            StockApi.until("the attach hangs", () -> hanging.struck() > 0);
            int did = other.call();
            hanging.remove();
            assertThat(attached.get().getFloatingIpsList())
                    .singleElement()
                    .satisfies(led -> assertThat(led.getIsAttached()).isTrue());
            assertThat(there()).contains(own.id("FloatingIps"));
            return did;
        }
    }
}
