package org.openstack.oaktree.app.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * All that is in a cloud, in all projects, with everything that its own API says of it.
 *
 * @param resources of each kind
 */
record Inventory(Map<String, Set<Map<String, @Nullable Object>>> resources) {
    /** Service, path for an administrator, and name of the list. */
    private static final List<List<String>> LISTS = List.of(
            List.of("compute", "/servers/detail?all_tenants=1", "servers"),
            List.of("compute", "/flavors/detail?is_public=None", "flavors"),
            List.of("compute", "/os-server-groups?all_projects=True", "server_groups"),
            List.of("image", "/v2/images?limit=1000", "images"),
            List.of("network", "/v2.0/networks", "networks"),
            List.of("network", "/v2.0/subnets", "subnets"),
            List.of("network", "/v2.0/ports", "ports"),
            List.of("network", "/v2.0/routers", "routers"),
            List.of("network", "/v2.0/security-groups", "security_groups"),
            List.of("network", "/v2.0/security-group-rules", "security_group_rules"),
            List.of("network", "/v2.0/floatingips", "floatingips"),
            List.of("block-storage", "/volumes/detail?all_tenants=1", "volumes"));

    /** What there is now. Keypairs, which no list shows to an administrator, are those of these users. */
    static Inventory of(StockApi admin, List<StockApi> users) {
        Map<String, Set<Map<String, @Nullable Object>>> resources = new TreeMap<>();
        for (StockApi user : users) {
            resources.put("keypairs of " + user.userId(), Set.copyOf(user.list("compute", "/os-keypairs", "keypairs")));
            // Neutron makes a project's default security group when somebody of the project asks for the first time.
            user.list("network", "/v2.0/security-groups", "security_groups");
        }
        for (List<String> list : LISTS) {
            resources.put(list.get(2), Set.copyOf(admin.list(list.get(0), list.get(1), list.get(2))));
        }
        return new Inventory(resources);
    }

    /** What there is when nothing that was begun before is still going on: no server is at work, and two times the same. */
    static Inventory atRest(StockApi admin, List<StockApi> users) {
        AtomicReference<Inventory> last = new AtomicReference<>(of(admin, users));
        StockApi.until("the cloud is at rest", () -> {
            Inventory now = of(admin, users);
            return now.equals(last.getAndSet(now)) && now.isIdle();
        });
        return Objects.requireNonNull(last.get());
    }

    private boolean isIdle() {
        return resources.getOrDefault("servers", Set.of()).stream()
                .allMatch(server -> server.get("OS-EXT-STS:task_state") == null);
    }

    int size() {
        return resources.values().stream().mapToInt(Set::size).sum();
    }

    /** What differs, by ID or whatever it is called by; empty when nothing does. */
    List<String> differences(Inventory other) {
        List<String> differences = new ArrayList<>();
        resources.forEach((kind, mine) -> {
            Set<Map<String, @Nullable Object>> theirs = other.resources().getOrDefault(kind, Set.of());
            mine.stream()
                    .filter(resource -> !theirs.contains(resource))
                    .forEach(resource -> differences.add("only before: " + kind + " " + resource));
            theirs.stream()
                    .filter(resource -> !mine.contains(resource))
                    .forEach(resource -> differences.add("only after: " + kind + " " + resource));
        });
        return differences.stream().sorted().toList();
    }
}
