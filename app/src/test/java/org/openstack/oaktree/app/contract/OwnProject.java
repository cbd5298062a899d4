package org.openstack.oaktree.app.contract;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.v1.Location;

/** A project of a real cloud that lives as long as one test, so that its servers are all that there are. User demo works in it. */
final class OwnProject implements AutoCloseable {
    private static final String FLAVOR = "42";

    private final String name;
    private final RawUser admin;
    private final RawUser user;
    private final String id;
    private String network = "";
    private int servers;

    /** Makes the project, and in it a network behind a router to the network {@code public}. */
    OwnProject(RawCloud cloud, String name) {
        this.name = name;
        admin = cloud.user("admin");
        id = admin.post("identity", "/projects", Map.of("project", Map.of("name", name, "domain_id", "default")))
                .at("project", "id")
                .text();
        user = cloud.user("demo", Location.Project.newBuilder().setId(id).build());
        try {
            String role = ids(admin, "identity", "/roles?name=member", "roles").getFirst();
            String member = cloud.user("demo").userId();
            admin.send("identity", Request.put("/projects/" + id + "/users/" + member + "/roles/" + role));
            makeNetwork();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void makeNetwork() {
        network = neutron("network", Map.of("name", name));
        String subnet =
                neutron("subnet", Map.of("name", name, "network_id", network, "ip_version", 4, "cidr", "10.77.0.0/24"));
        String router =
                neutron("router", Map.of("name", name, "external_gateway_info", Map.of("network_id", outside())));
        user.put("network", "/routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet));
    }

    private String outside() {
        return ids(user, "network", "/networks?name=public", "networks").getFirst();
    }

    private String neutron(String kind, Map<String, Object> fields) {
        return user.post("network", "/" + kind + "s", Map.of(kind, fields))
                .at(kind, "id")
                .text();
    }

    private static List<String> ids(RawUser user, String service, String path, String plural) {
        return user.get(service, path).at(plural).elements().stream()
                .map(found -> found.at("id").text())
                .toList();
    }

    /** User demo in this project. */
    RawUser user() {
        return user;
    }

    /** Makes so many more servers and waits until they run. */
    void addServers(int count) {
        String image = ids(user, "image", "/images?name=tiny", "images").getFirst();
        Map<String, Object> server = Map.of(
                "name",
                name,
                "flavorRef",
                FLAVOR,
                "imageRef",
                image,
                "networks",
                List.of(Map.of("uuid", network)),
                "min_count",
                count);
        user.post("compute", "/servers", Map.of("server", server));
        servers += count;
        RawUser.until(servers + " servers run", () -> states().equals(Collections.nCopies(servers, "ACTIVE")));
    }

    private List<String> states() {
        List<String> states = user.get("compute", "/servers/detail").at("servers").elements().stream()
                .map(server -> server.at("status").text())
                .toList();
        if (states.contains("ERROR")) {
            throw new AssertionError("a server could not be made: " + states);
        }
        return states;
    }

    /** Gives the first server a floating IP and returns its address. */
    String addFloatingIp() {
        String server = ids(user, "compute", "/servers", "servers").getFirst();
        String port =
                ids(user, "network", "/ports?device_id=" + server, "ports").getFirst();
        Json made = user.post(
                "network",
                "/floatingips",
                Map.of("floatingip", Map.of("floating_network_id", outside(), "port_id", port)));
        return made.at("floatingip", "floating_ip_address").text();
    }

    /** Deletes the project with all that is in it. */
    @Override
    public void close() {
        ids(user, "compute", "/servers", "servers").forEach(server -> user.delete("compute", "/servers/" + server));
        each("floatingips", floatingIp -> admin.delete("network", "/floatingips/" + floatingIp));
        RawUser.until(
                "the servers are gone",
                () -> ids(user, "compute", "/servers", "servers").isEmpty());
        each("routers", router -> {
            each(
                    "subnets",
                    subnet -> user.put(
                            "network", "/routers/" + router + "/remove_router_interface", Map.of("subnet_id", subnet)));
            admin.delete("network", "/routers/" + router);
        });
        each("networks", made -> admin.delete("network", "/networks/" + made));
        admin.delete("identity", "/projects/" + id);
        // Neutron makes the default one anew as long as somebody can ask for it.
        each("security-groups", group -> admin.delete("network", "/security-groups/" + group));
    }

    private void each(String plural, Consumer<String> action) {
        ids(admin, "network", "/" + plural + "?project_id=" + id, plural.replace('-', '_'))
                .forEach(action);
    }
}
