package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.v1.Location;

/**
 * Floating IPs are attached while everything unattached is deleted at once, whoever made it. A subclass says where; the project is the
 * test's own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FloatingIpRace {
    private static final int SECONDS = 300;
    private static final int AT_ONCE = 8;

    private final int attaches;
    private final int orphans;

    @SuppressWarnings("NullAway.Init") // Made before any case runs.
    Path folder;

    @SuppressWarnings("NullAway.Init") // Made before any case runs.
    private Scene scene;

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    private final List<Place> places = new CopyOnWriteArrayList<>();

    FloatingIpRace(int attaches, int orphans) {
        this.attaches = attaches;
        this.orphans = orphans;
    }

    /** Where one floating IP shall lead. */
    private record Place(String server, String port, String address) {}

    /** A project with servers on a network behind a router to {@code outside}. */
    interface Scene extends AutoCloseable {
        String name();

        Path cloudsYaml();

        StockApi user();

        Location location();

        String network();

        /** Their IDs. */
        List<String> servers();

        @Override
        void close();

        /** The external network. */
        default String outside() {
            return user().ids("network", "/v2.0/networks?name=public", "networks")
                    .getFirst();
        }
    }

    abstract Scene scene() throws IOException;

    @BeforeAll
    void begin(@TempDir Path empty) throws Exception {
        folder = empty;
        scene = scene();
        served = new Served(scene.cloudsYaml(), folder);
        makePorts();
    }

    /** Neither made nor known by the compute service: to the network they are the servers' own. */
    private void makePorts() throws InterruptedException {
        List<String> servers = scene.servers();
        List<Runnable> makes = new ArrayList<>();
        for (int i = 0; i < attaches; i++) {
            String server = servers.get(i % servers.size());
            makes.add(() -> {
                Map<String, @Nullable Object> port = scene.user()
                        .create(
                                "network",
                                "/v2.0/ports",
                                "port",
                                Map.of("network_id", scene.network(), "device_id", server));
                places.add(new Place(
                        server,
                        StockApi.text(port, "id"),
                        StockApi.text(StockApi.objects(port.get("fixed_ips")).getFirst(), "ip_address")));
            });
        }
        AtOnce.run(makes, AT_ONCE);
    }

    @AfterAll
    void end() throws Exception {
        served.close();
        remove("floatingips", scene.user().ids("network", "/v2.0/floatingips", "floatingips"));
        remove("ports", places.stream().map(Place::port).toList());
        scene.close();
    }

    private void remove(String plural, Iterable<String> ids) throws InterruptedException {
        List<Runnable> deletions = new ArrayList<>();
        ids.forEach(id -> deletions.add(() -> scene.user().delete("network", "/v2.0/" + plural + "/" + id)));
        AtOnce.run(deletions, AT_ONCE);
    }

    /** So many that lead nowhere: those that an earlier case left, and new ones. */
    private List<String> unattached(int count) throws InterruptedException {
        List<String> left = scene.user().ids("network", "/v2.0/floatingips", "floatingips").stream()
                .limit(count)
                .toList();
        Map<String, Object> nowhere = new HashMap<>();
        nowhere.put("port_id", null);
        String outside = scene.outside();
        Queue<String> found = new ConcurrentLinkedQueue<>(left);
        List<Runnable> calls = new ArrayList<>();
        left.forEach(id ->
                calls.add(() -> scene.user().put("network", "/v2.0/floatingips/" + id, Map.of("floatingip", nowhere))));
        for (int i = left.size(); i < count; i++) {
            calls.add(() -> found.add(StockApi.text(
                    scene.user()
                            .create(
                                    "network",
                                    "/v2.0/floatingips",
                                    "floatingip",
                                    Map.of("floating_network_id", outside)),
                    "id")));
        }
        AtOnce.run(calls, AT_ONCE);
        return List.copyOf(found);
    }

    /** What came of it. */
    private record Outcome(Set<String> attached, Set<String> tooLate, Set<String> deleted, int kept) {}

    /** One thing to attach, by its ID, to one address. */
    private interface Attach {
        /** False: there was no such floating IP any more. */
        boolean to(String floatingIp, Place place);
    }

    /** Attaches all at once; from the first success to the last everything unattached is deleted, again and again. */
    private Outcome race(List<String> chosen, Attach attach) throws Exception {
        Set<String> attached = ConcurrentHashMap.newKeySet();
        Set<String> tooLate = ConcurrentHashMap.newKeySet();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        Set<String> deleted = new HashSet<>();
        int[] kept = {0};
        List<Runnable> things = new ArrayList<>();
        things.add(() -> {
            await(first);
            boolean over;
            do {
                over = last.getCount() == 0;
                DeleteUnattachedFloatingIpsResponse answer = prune();
                answer.getFloatingIpsList().stream().map(FloatingIp::getId).forEach(deleted::add);
                kept[0] += answer.getKeptCount();
            } while (!over);
        });
        things.add(() -> {
            List<Runnable> calls = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                String id = chosen.get(i);
                Place place = places.get(i);
                calls.add(() -> {
                    try {
                        (attach.to(id, place) ? attached : tooLate).add(id);
                    } finally {
                        first.countDown();
                    }
                });
            }
            try {
                AtOnce.run(calls, calls.size());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                last.countDown();
            }
        });
        AtOnce.run(things, things.size());
        return new Outcome(attached, tooLate, deleted, kept[0]);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeleteUnattachedFloatingIpsResponse prune() {
        return served.client()
                .call(
                        "DeleteUnattachedFloatingIps",
                        DeleteUnattachedFloatingIpsRequest.newBuilder()
                                .setLocation(scene.location())
                                .setMinAge(Duration.getDefaultInstance())
                                .setIncludeForeign(true)
                                .build(),
                        SECONDS);
    }

    /** Those that lead to a port now. */
    private Set<String> leading() {
        Set<String> leading = new HashSet<>();
        scene.user().list("network", "/v2.0/floatingips", "floatingips").stream()
                .filter(floatingIp -> !StockApi.text(floatingIp, "port_id").isEmpty())
                .forEach(floatingIp -> leading.add(StockApi.text(floatingIp, "id")));
        return leading;
    }

    @Test
    void noneThatOaktreeAttachesIsLost() throws Exception {
        List<String> all = unattached(attaches + orphans);
        List<String> chosen = all.subList(0, attaches);
        List<String> unused = all.subList(attaches, all.size());
        Outcome outcome = race(chosen, this::byOaktree);
        Set<String> lost = new HashSet<>(outcome.attached());
        lost.removeAll(leading());
        Set<String> deletedOrphans = new HashSet<>(outcome.deleted());
        deletedOrphans.retainAll(unused);
        System.out.printf(
                "race: %s %d attaches through oaktree beside %d orphans: %d attached, %d attached addresses lost, "
                        + "%d orphans deleted, %d refusals, %d were deleted before their attach began%n",
                scene.name(),
                attaches,
                orphans,
                outcome.attached().size(),
                lost.size(),
                deletedOrphans.size(),
                outcome.kept(),
                outcome.tooLate().size());
        assertThat(lost).isEmpty();
        assertThat(deletedOrphans).hasSize(orphans);
        assertThat(outcome.attached().size() + outcome.tooLate().size()).isEqualTo(attaches);
        assertThat(outcome.kept()).isPositive();
    }

    private boolean byOaktree(String floatingIp, Place place) {
        try {
            AddIpsToServerResponse answer = served.client()
                    .call(
                            "AddIpsToServer",
                            AddIpsToServerRequest.newBuilder()
                                    .setLocation(scene.location())
                                    .setServer(place.server())
                                    .addFloatingIps(floatingIp)
                                    .setFixedIpAddress(place.address())
                                    .build(),
                            SECONDS);
            assertThat(answer.getFloatingIps(0).getPortId()).isEqualTo(place.port());
            return true;
        } catch (StatusRuntimeException e) {
            assertThat(Client.reason(e)).isEqualTo("NOT_FOUND RESOURCE_NOT_FOUND");
            return false;
        }
    }

    /** What nobody can prevent is measured: how many of those that others attach are lost. */
    @Test
    void thoseThatOthersAttachAreCounted() throws Exception {
        List<String> all = unattached(attaches + orphans);
        List<String> chosen = all.subList(0, attaches);
        List<String> unused = all.subList(attaches, all.size());
        Outcome outcome = race(chosen, (floatingIp, place) -> {
            try {
                scene.user()
                        .put(
                                "network",
                                "/v2.0/floatingips/" + floatingIp,
                                Map.of("floatingip", Map.of("port_id", place.port())));
                return true;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining(": 404 ");
                return false;
            }
        });
        Set<String> lost = new HashSet<>(outcome.attached());
        lost.removeAll(leading());
        System.out.printf(
                "race: %s %d attaches past oaktree beside %d orphans: %d attached, %d of these lost, %d refusals, "
                        + "%d were deleted before their attach%n",
                scene.name(),
                attaches,
                orphans,
                outcome.attached().size(),
                lost.size(),
                outcome.kept(),
                outcome.tooLate().size());
        assertThat(outcome.deleted()).containsAll(unused);
        assertThat(outcome.deleted()).containsAll(lost);
    }
}
