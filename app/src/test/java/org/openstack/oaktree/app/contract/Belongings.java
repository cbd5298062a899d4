package org.openstack.oaktree.app.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One of everything that a project, or a user, can have: made through OpenStack's own API, and taken away again. */
final class Belongings implements AutoCloseable {
    private static final String FLAVOR = "42";

    private final StockApi user;
    private final String name;
    private final Map<String, String> ids = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private String address = "";

    private Belongings(StockApi user, String name) {
        this.user = user;
        this.name = name;
    }

    /** What the user's project can have, and a keypair. Everything that can have a name gets this one. */
    static Belongings ofProject(StockApi user, String name) {
        Belongings made = new Belongings(user, name);
        made.orNothing(() -> {
            made.keypair();
            made.network();
            made.storage();
            made.server();
        });
        return made;
    }

    /** A keypair: all that a user has for himself. */
    static Belongings ofUser(StockApi user, String name) {
        Belongings made = new Belongings(user, name);
        made.orNothing(made::keypair);
        return made;
    }

    private void orNothing(Runnable making) {
        try {
            making.run();
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** ID of the resource that the service of that name (such as {@code SecurityGroups}) is about; of a keypair, its fingerprint. */
    String id(String service) {
        return Objects.requireNonNull(ids.get(service), service);
    }

    /** What {@link #id} takes. */
    java.util.Set<String> services() {
        return ids.keySet();
    }

    /** By what the resource can be found beside its ID; empty when there is nothing. */
    String name(String service) {
        return switch (service) {
            case "FloatingIps" -> address;
            case "SecurityGroupRules" -> "";
            default -> name;
        };
    }

    private void keypair() {
        ids.put(
                "Keypairs",
                StockApi.text(user.create("compute", "/os-keypairs", "keypair", Map.of("name", name)), "fingerprint"));
        undo.push(() -> user.delete("compute", "/os-keypairs/" + name));
    }

    private void network() {
        String network = neutron("Networks", "network", Map.of("name", name));
        String subnet = neutron(
                "Subnets",
                "subnet",
                Map.of("name", name, "network_id", network, "ip_version", 4, "cidr", "10.78.0.0/24"));
        String outside =
                user.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
        String router = neutron(
                "Routers", "router", Map.of("name", name, "external_gateway_info", Map.of("network_id", outside)));
        Map<String, Object> inside = Map.of("subnet_id", subnet);
        user.put("network", "/v2.0/routers/" + router + "/add_router_interface", inside);
        undo.push(() -> user.put("network", "/v2.0/routers/" + router + "/remove_router_interface", inside));
        neutron("Ports", "port", Map.of("name", name, "network_id", network));
        String group = neutron("SecurityGroups", "security_group", Map.of("name", name));
        neutron(
                "SecurityGroupRules",
                "security_group_rule",
                Map.of("security_group_id", group, "direction", "ingress", "protocol", "icmp"));
        String floatingIp = neutron("FloatingIps", "floatingip", Map.of("floating_network_id", outside));
        address = StockApi.text(
                user.find("network", "/v2.0/floatingips/" + floatingIp, "floatingip")
                        .orElseThrow(),
                "floating_ip_address");
    }

    private String neutron(String service, String kind, Map<String, Object> fields) {
        return make(service, "network", "/v2.0/" + kind.replace('_', '-') + "s", kind, fields);
    }

    private String make(String service, String type, String path, String kind, Map<String, Object> fields) {
        String id = StockApi.text(user.create(type, path, kind, fields), "id");
        ids.put(service, id);
        undo.push(() -> remove(type, path + "/" + id, kind));
        return id;
    }

    private void storage() {
        String volume = make("Volumes", "block-storage", "/volumes", "volume", Map.of("name", name, "size", 1));
        until("available", "block-storage", "/volumes/" + volume, "volume");
        Map<String, Object> image =
                Map.of("name", name, "disk_format", "raw", "container_format", "bare", "visibility", "private");
        String id = StockApi.text(user.post("image", "/v2/images", image), "id");
        ids.put("Images", id);
        undo.push(() -> user.delete("image", "/v2/images/" + id));
        user.upload(id, "nobody boots this");
    }

    private void server() {
        Map<String, Object> group = Map.of("name", name, "policies", List.of("anti-affinity"));
        make("ServerGroups", "compute", "/os-server-groups", "server_group", group);
        Map<String, Object> fields = Map.of(
                "name",
                name,
                "flavorRef",
                FLAVOR,
                "imageRef",
                user.ids("image", "/v2/images?name=tiny", "images").getFirst(),
                "networks",
                List.of(Map.of("uuid", id("Networks"))));
        String server = make("Servers", "compute", "/servers", "server", fields);
        until("ACTIVE", "compute", "/servers/" + server, "server");
    }

    private void until(String status, String service, String path, String kind) {
        StockApi.until(
                path + " is " + status,
                () -> StockApi.text(user.find(service, path, kind).orElseThrow(), "status")
                        .equals(status));
    }

    private void remove(String service, String path, String kind) {
        user.delete(service, path);
        StockApi.until(path + " is gone", () -> user.find(service, path, kind).isEmpty());
    }

    /** Takes everything away, the newest first. */
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
