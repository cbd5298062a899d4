package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.clouds.v1.GetCurrentLocationRequest;
import org.openstack.oaktree.clouds.v1.GetCurrentLocationResponse;
import org.openstack.oaktree.compute.v1.CreateKeypairRequest;
import org.openstack.oaktree.compute.v1.CreateKeypairResponse;
import org.openstack.oaktree.compute.v1.DeleteKeypairRequest;
import org.openstack.oaktree.compute.v1.ListKeypairsRequest;
import org.openstack.oaktree.compute.v1.ListKeypairsResponse;
import org.openstack.oaktree.v1.Location;

/**
 * Several callers through one oaktree at the same time, whose things all have the same names: nobody is ever shown what the cloud itself
 * would not show him. A subclass says which cloud that is.
 */
abstract class Isolation {
    /** Decides the order of the calls, together with how fast the cloud is. */
    private static final long SEED = 20261122;

    /** What belongs to no project. */
    private static final Set<String> WITHOUT_PROJECT = Set.of("AvailabilityZones", "Flavors", "Keypairs");

    private static final Duration AN_HOUR =
            Duration.newBuilder().setSeconds(3600).build();
    private static final int SECONDS = 300;

    private final TestCloud cloud;
    private final int rounds;
    private final int atOnce;
    private final String name = "isolation-" + UUID.randomUUID().toString().substring(0, 8);

    /** Lists that were shown: by caller and service, the marks of each list. */
    private final Map<String, Queue<Set<String>>> shown = new HashMap<>();

    @TempDir
    private Path folder;

    /** The same calls in so many rounds, so many calls at once. */
    Isolation(TestCloud cloud, int rounds, int atOnce) {
        this.cloud = cloud;
        this.rounds = rounds;
        this.atOnce = atOnce;
    }

    /**
     * Somebody who calls.
     *
     * @param label how failures name him
     * @param user his name
     * @param project the project that he works in
     * @param location what his requests say
     * @param raw the same without oaktree
     */
    private record Caller(String label, String user, String project, Location location, StockApi raw) {}

    private Caller own(String user, String project) throws IOException {
        Location where = Location.newBuilder().setCloud(cloud.cloud(user)).build();
        return new Caller(user, user, project, where, raw(user, ""));
    }

    private Caller rescoped(String user, String project) throws IOException {
        Location.Project other = Location.Project.newBuilder()
                .setName(project)
                .setDomainName("Default")
                .build();
        Location where = Location.newBuilder()
                .setCloud(cloud.cloud(user))
                .setProject(other)
                .build();
        return new Caller(user + " in " + project, user, project, where, raw(user, project));
    }

    private StockApi raw(String user, String project) throws IOException {
        return new StockApi(cloud.cloudsYaml(folder), folder, cloud.cloud(user), project);
    }

    /** [BUG] §3.1: what was kept knew no region, project or user. */
    @Test
    void nobodyIsShownWhatIsNotHis() throws Exception {
        try (cloud) {
            List<Caller> callers =
                    List.of(own("demo", "demo"), own("demo2", "demo"), own("alt", "alt"), rescoped("demo", "alt"));
            try (Belongings ofDemo = Belongings.ofProject(callers.get(0).raw(), name);
                    Belongings ofDemo2 = Belongings.ofUser(callers.get(1).raw(), name);
                    Belongings ofAlt = Belongings.ofProject(callers.get(2).raw(), name)) {
                hold(callers, Map.of("demo", ofDemo, "demo2", ofDemo2, "alt", ofAlt));
            }
            callers.forEach(caller -> caller.raw().close());
        }
    }

    private void hold(List<Caller> callers, Map<String, Belongings> belongings) throws Exception {
        Map<Caller, RawLists> before = lists(callers);
        List<Runnable> checks = new ArrayList<>();
        try (Served served = new Served(cloud.cloudsYaml(folder), folder)) {
            for (Caller caller : callers) {
                Mine mine = new Mine(served.client(), caller, before, belongings);
                for (int round = 0; round < rounds; round++) {
                    checks.addAll(mine.checks(round));
                }
            }
            for (int round = 0; round < rounds; round++) {
                Contract.lists().forEach(list -> checks.add(() -> everywhere(served.client(), callers, before, list)));
            }
            Collections.shuffle(checks, new Random(SEED));
            AtOnce.run(checks, atOnce);
            List<Runnable> kept = callers.stream()
                    .flatMap(caller -> new Mine(served.client(), caller, before, belongings).keptLists().stream())
                    .toList();
            AtOnce.run(kept, atOnce);
            served.upstream();
            AtOnce.run(kept, atOnce);
            assertThat(served.upstream())
                    .as("requests for lists that are all kept")
                    .isEmpty();
        }
        Map<Caller, RawLists> after = lists(callers);
        int lists = 0;
        for (Caller caller : callers) {
            for (String service : seenBy(caller, before).marks().keySet()) {
                Set<String> always = new HashSet<>(seenBy(caller, before).of(service));
                always.retainAll(seenBy(caller, after).of(service));
                for (Set<String> list : shown(caller, service)) {
                    assertThat(list).as("%s of %s", service, caller.label()).containsAll(always);
                    lists++;
                }
            }
        }
        System.out.printf(
                "isolation: %s %d calls of %d callers with the same names for their things, %d at once: "
                        + "%d lists complete, in no answer anything of another's%n",
                cloud.name(), checks.size(), callers.size(), atOnce, lists);
    }

    private static Map<Caller, RawLists> lists(List<Caller> callers) {
        return callers.stream().collect(Collectors.toMap(caller -> caller, caller -> RawLists.of(caller.raw())));
    }

    private static RawLists seenBy(Caller caller, Map<Caller, RawLists> lists) {
        return Objects.requireNonNull(lists.get(caller));
    }

    private synchronized Queue<Set<String>> shown(Caller caller, String service) {
        return shown.computeIfAbsent(caller.label() + " " + service, any -> new ConcurrentLinkedQueue<>());
    }

    /** The lists of all clouds in one: each part of it is what its own caller may see. */
    private void everywhere(Client client, List<Caller> callers, Map<Caller, RawLists> truth, MethodDescriptor list) {
        Message request = Contract.with(
                Client.empty(list.getInputType()),
                "location",
                Location.newBuilder().setCloud("*").build());
        for (Message resource : Contract.resources(client.call(list.getName(), request, SECONDS))) {
            Location where = Contract.location(resource);
            callers.stream()
                    .filter(caller -> where.getCloud().equals(caller.location().getCloud()))
                    .filter(caller -> !caller.location().hasProject())
                    .forEach(caller -> mayBeShown(caller, callers, truth, list, resource));
        }
    }

    private static void mayBeShown(
            Caller caller,
            List<Caller> callers,
            Map<Caller, RawLists> truth,
            MethodDescriptor method,
            Message resource) {
        String service = method.getService().getName();
        String mark = RawLists.mark(resource);
        boolean own = seenBy(caller, truth).of(service).contains(mark);
        boolean anothers = callers.stream()
                .anyMatch(other -> seenBy(other, truth).of(service).contains(mark));
        assertThat(own || !anothers)
                .as("%s shows %s what only others see: %s", method.getName(), caller.label(), resource)
                .isTrue();
        Location where = Contract.location(resource);
        assertThat(where.getCloud()).isEqualTo(caller.location().getCloud());
        assertThat(where.getRegion()).isEqualTo("RegionOne");
        if (WITHOUT_PROJECT.contains(service)) {
            assertThat(where.hasProject()).isFalse();
        } else if (where.getProject().getId().equals(caller.raw().projectId())) {
            assertThat(where.getProject().getName()).isEqualTo(caller.project());
            assertThat(where.getProject().getDomainName()).isEqualTo("Default");
        } else {
            assertThat(where.getProject().getId()).as("owner of %s", resource).isNotEmpty();
            assertThat(own)
                    .as(
                            "%s shows %s something of another project that the cloud does not: %s",
                            method.getName(), caller.label(), resource)
                    .isTrue();
        }
    }

    /** What one caller asks, and what he must be told. */
    private final class Mine {
        private final Client client;
        private final Caller caller;
        private final Map<Caller, RawLists> truth;
        private final Map<String, Belongings> belongings;

        Mine(Client client, Caller caller, Map<Caller, RawLists> truth, Map<String, Belongings> belongings) {
            this.client = client;
            this.caller = caller;
            this.truth = truth;
            this.belongings = belongings;
        }

        List<Runnable> checks(int round) {
            List<Runnable> checks = new ArrayList<>();
            Contract.lists().forEach(list -> ages().forEach(age -> checks.add(() -> list(list, age))));
            Contract.gets()
                    .forEach(get -> ages().forEach(age -> {
                        String service = get.getService().getName();
                        mine(service).ifPresent(owner -> {
                            String id = service.equals("Keypairs") ? name : owner.id(service);
                            checks.add(() -> finds(get, id, age));
                            String called = owner.name(service);
                            if (!called.isEmpty() && !called.equals(id)) {
                                checks.add(() -> finds(get, called, age));
                            }
                        });
                    }));
            Contract.gets().forEach(get -> anothers(get).ifPresent(id -> checks.add(() -> findsNot(get, id))));
            checks.add(this::isWhereHeSays);
            if (!caller.location().hasProject()) {
                checks.add(() -> makesAKeypair(name + "-" + round));
            }
            if (round == 0) {
                checks.add(this::isRefusedOthersServers);
            }
            return checks;
        }

        List<Runnable> keptLists() {
            return Contract.lists()
                    .<Runnable>map(list -> () -> list(list, Optional.of(AN_HOUR)))
                    .toList();
        }

        /** Fresh; as the server likes; old. */
        private List<Optional<Duration>> ages() {
            return List.of(Optional.of(Duration.getDefaultInstance()), Optional.empty(), Optional.of(AN_HOUR));
        }

        private Optional<Belongings> mine(String service) {
            String owner = service.equals("Keypairs") ? caller.user() : caller.project();
            return Optional.of(Objects.requireNonNull(belongings.get(owner)))
                    .filter(made -> made.services().contains(service));
        }

        private Optional<String> anothers(MethodDescriptor get) {
            String service = get.getService().getName();
            String other = caller.project().equals("demo") ? "alt" : "demo";
            Belongings made = Objects.requireNonNull(belongings.get(other));
            // A keypair's fingerprint is not its ID; and its name is everybody's.
            return made.services().contains(service) && !service.equals("Keypairs")
                    ? Optional.of(made.id(service))
                    : Optional.empty();
        }

        private Message request(MethodDescriptor method, Optional<Duration> age) {
            Message request = Contract.with(Client.empty(method.getInputType()), "location", caller.location());
            return age.isPresent() ? Contract.with(request, "max_age", age.get()) : request;
        }

        private void list(MethodDescriptor list, Optional<Duration> age) {
            List<Message> resources = Contract.resources(client.call(list.getName(), request(list, age), SECONDS));
            resources.forEach(resource -> mayBeShown(caller, List.copyOf(truth.keySet()), truth, list, resource));
            shown(caller, list.getService().getName())
                    .add(resources.stream().map(RawLists::mark).collect(Collectors.toSet()));
        }

        private Message wanting(MethodDescriptor get, String nameOrId, Optional<Duration> age) {
            FieldDescriptor field = Objects.requireNonNull(get.getInputType().findFieldByNumber(2));
            return Contract.with(request(get, age), field.getName(), nameOrId);
        }

        private void finds(MethodDescriptor get, String nameOrId, Optional<Duration> age) {
            Message found = Contract.resource(client.call(get.getName(), wanting(get, nameOrId, age), SECONDS));
            mayBeShown(caller, List.copyOf(truth.keySet()), truth, get, found);
            assertThat(RawLists.mark(found))
                    .as("%s of %s for %s", get.getName(), nameOrId, caller.label())
                    .isEqualTo(mine(get.getService().getName())
                            .orElseThrow()
                            .id(get.getService().getName()));
        }

        private void findsNot(MethodDescriptor get, String id) {
            Contract.fails(
                    "NOT_FOUND RESOURCE_NOT_FOUND",
                    () -> client.call(get.getName(), wanting(get, id, Optional.empty()), SECONDS));
        }

        private void isWhereHeSays() {
            GetCurrentLocationRequest request = GetCurrentLocationRequest.newBuilder()
                    .setLocation(caller.location())
                    .build();
            GetCurrentLocationResponse answer = client.call("GetCurrentLocation", request, SECONDS);
            assertThat(answer.getUserName()).isEqualTo(caller.user());
            assertThat(answer.getLocation().getProject().getName()).isEqualTo(caller.project());
            assertThat(answer.getLocation().getProject().getId())
                    .isEqualTo(caller.raw().projectId());
        }

        /** All users make keypairs of the same name at the same time; each has his own. */
        private void makesAKeypair(String called) {
            CreateKeypairResponse made = client.call(
                    "CreateKeypair",
                    CreateKeypairRequest.newBuilder()
                            .setLocation(caller.location())
                            .setName(called)
                            .build(),
                    SECONDS);
            try {
                ListKeypairsResponse list = client.call(
                        "ListKeypairs",
                        ListKeypairsRequest.newBuilder()
                                .setLocation(caller.location())
                                .build(),
                        SECONDS);
                assertThat(list.getKeypairsList())
                        .filteredOn(keypair -> keypair.getName().equals(called))
                        .as("keypairs of that name for %s", caller.label())
                        .singleElement()
                        .satisfies(keypair -> assertThat(keypair.getFingerprint())
                                .isEqualTo(made.getKeypair().getFingerprint()));
            } finally {
                client.call(
                        "DeleteKeypair",
                        DeleteKeypairRequest.newBuilder()
                                .setLocation(caller.location())
                                .setKeypair(called)
                                .build(),
                        SECONDS);
            }
        }

        private void isRefusedOthersServers() {
            MethodDescriptor list = Objects.requireNonNull(Client.calls().get("ListServers"));
            Contract.fails(
                    "PERMISSION_DENIED FORBIDDEN_BY_POLICY",
                    () -> client.call(
                            "ListServers", Contract.with(request(list, Optional.empty()), "all_projects", true)));
        }
    }
}
