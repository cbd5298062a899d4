package org.openstack.oaktree.app.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openstack.oaktree.rest.Json;

/** One of everything that a project, or a user, can have: made through OpenStack's own API, and taken away again. */
final class Belongings implements AutoCloseable {
    private static final String FLAVOR = "42";

    private final RawUser user;
    private final String name;
    private final Map<String, String> ids = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private String address = "";

    private Belongings(RawUser user, String name) {
        this.user = user;
        this.name = name;
    }

    /** What the user's project can have, and a keypair. Everything that can have a name gets this one. */
    static Belongings ofProject(RawUser user, String name) {
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
    static Belongings ofUser(RawUser user, String name) {
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
        Json made = user.post("compute", "/os-keypairs", Map.of("keypair", Map.of("name", name)));
        ids.put("Keypairs", made.at("keypair", "fingerprint").text());
        undo.push(() -> user.delete("compute", "/os-keypairs/" + name));
    }

    private void network() {
        String network = neutron("Networks", "network", Map.of("name", name));
        String subnet = neutron(
                "Subnets",
                "subnet",
                Map.of("name", name, "network_id", network, "ip_version", 4, "cidr", "10.78.0.0/24"));
        String outside = first("network", "/networks?name=public", "networks");
        String router = neutron(
                "Routers", "router", Map.of("name", name, "external_gateway_info", Map.of("network_id", outside)));
        Map<String, Object> inside = Map.of("subnet_id", subnet);
        user.put("network", "/routers/" + router + "/add_router_interface", inside);
        undo.push(() -> user.put("network", "/routers/" + router + "/remove_router_interface", inside));
        neutron("Ports", "port", Map.of("name", name, "network_id", network));
        String group = neutron("SecurityGroups", "security_group", Map.of("name", name));
        neutron(
                "SecurityGroupRules",
                "security_group_rule",
                Map.of("security_group_id", group, "direction", "ingress", "protocol", "icmp"));
        neutron("FloatingIps", "floatingip", Map.of("floating_network_id", outside));
        address = user.get("network", "/floatingips/" + id("FloatingIps"))
                .at("floatingip", "floating_ip_address")
                .text();
    }

    private String neutron(String service, String kind, Map<String, Object> fields) {
        String path = "/" + kind.replace('_', '-') + "s";
        String id =
                user.post("network", path, Map.of(kind, fields)).at(kind, "id").text();
        ids.put(service, id);
        undo.push(() -> user.delete("network", path + "/" + id));
        return id;
    }

    private void storage() {
        String volume = user.post("block-storage", "/volumes", Map.of("volume", Map.of("name", name, "size", 1)))
                .at("volume", "id")
                .text();
        String path = "/volumes/" + volume;
        ids.put("Volumes", volume);
        undo.push(() -> {
            user.delete("block-storage", path);
            RawUser.until(
                    "the volume is gone", () -> user.find("block-storage", path).isEmpty());
        });
        RawUser.until(
                "the volume is there",
                () -> user.get("block-storage", path)
                        .at("volume", "status")
                        .text()
                        .equals("available"));
        Map<String, Object> image =
                Map.of("name", name, "disk_format", "raw", "container_format", "bare", "visibility", "private");
        String id = user.post("image", "/images", image).at("id").text();
        ids.put("Images", id);
        undo.push(() -> user.delete("image", "/images/" + id));
    }

    private void server() {
        Map<String, Object> group = Map.of("name", name, "policies", List.of("anti-affinity"));
        String groupId = user.post("compute", "/os-server-groups", Map.of("server_group", group))
                .at("server_group", "id")
                .text();
        ids.put("ServerGroups", groupId);
        undo.push(() -> user.delete("compute", "/os-server-groups/" + groupId));
        Map<String, Object> server = Map.of(
                "name",
                name,
                "flavorRef",
                FLAVOR,
                "imageRef",
                first("image", "/images?name=tiny", "images"),
                "networks",
                List.of(Map.of("uuid", id("Networks"))));
        String id = user.post("compute", "/servers", Map.of("server", server))
                .at("server", "id")
                .text();
        ids.put("Servers", id);
        undo.push(() -> {
            user.delete("compute", "/servers/" + id);
            RawUser.until(
                    "the server is gone",
                    () -> user.find("compute", "/servers/" + id).isEmpty());
        });
        RawUser.until(
                "the server runs",
                () -> user.get("compute", "/servers/" + id)
                        .at("server", "status")
                        .text()
                        .equals("ACTIVE"));
    }

    private String first(String service, String path, String plural) {
        return user.get(service, path).at(plural).elements().getFirst().at("id").text();
    }

    /** Takes everything away, the newest first. */
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
