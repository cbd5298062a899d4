package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A project of a real cloud that lives as long as one test, so that its servers are all that there are. User demo works in it. */
public final class OwnProject implements AutoCloseable {
    private static final String FLAVOR = "42";

    private final String name;
    private final StockApi admin;
    private final StockApi user;
    private final String id;
    private String network = "";
    private int servers;

    /** Makes the project, and in it a network behind a router to the network {@code public}. */
    public OwnProject(Path cloudsYaml, Path folder, String name) {
        this.name = name;
        admin = new StockApi(cloudsYaml, folder, "admin");
        id = StockApi.text(
                admin.create("identity", "/projects", "project", Map.of("name", name, "domain_id", "default")), "id");
        try {
            String role = admin.ids("identity", "/roles?name=member", "roles").getFirst();
            String demo = admin.ids("identity", "/users?name=demo", "users").getFirst();
            admin.put("identity", "/projects/" + id + "/users/" + demo + "/roles/" + role, Map.of());
            user = new StockApi(cloudsYaml, folder, "demo", name);
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
        admin.put("network", "/v2.0/routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet));
    }

    private String outside() {
        return admin.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
    }

    private String neutron(String kind, Map<String, Object> fields) {
        return StockApi.text(user.create("network", "/v2.0/" + kind + "s", kind, fields), "id");
    }

    /** User demo in this project. */
    StockApi user() {
        return user;
    }

    /** Makes so many more servers and waits until they run. */
    void addServers(int count) {
        Map<String, Object> fields = Map.of(
                "name",
                name,
                "flavorRef",
                FLAVOR,
                "imageRef",
                user.ids("image", "/v2/images?name=tiny", "images").getFirst(),
                "networks",
                List.of(Map.of("uuid", network)),
                "min_count",
                count);
        user.create("compute", "/servers", "server", fields);
        servers += count;
        StockApi.until(servers + " servers run", () -> states().equals(Collections.nCopies(servers, "ACTIVE")));
    }

    private List<String> states() {
        List<String> states = user.list("compute", "/servers/detail", "servers").stream()
                .map(server -> StockApi.text(server, "status"))
                .toList();
        if (states.contains("ERROR")) {
            throw new AssertionError("a server could not be made: " + states);
        }
        return states;
    }

    /** Gives one server a floating IP and returns its address. */
    String addFloatingIp() {
        String server = user.ids("compute", "/servers", "servers").getFirst();
        String port =
                user.ids("network", "/v2.0/ports?device_id=" + server, "ports").getFirst();
        return StockApi.text(
                user.create(
                        "network",
                        "/v2.0/floatingips",
                        "floatingip",
                        Map.of("floating_network_id", outside(), "port_id", port)),
                "floating_ip_address");
    }

    /** Whether it has no server, floating IP or image of its own, and no port but those of its network. */
    public boolean isEmpty() {
        return user.ids("compute", "/servers", "servers").isEmpty()
                && user.ids("network", "/v2.0/floatingips?project_id=" + id, "floatingips")
                        .isEmpty()
                && user.ids("image", "/v2/images?owner=" + id, "images").isEmpty()
                && user.list("network", "/v2.0/ports?project_id=" + id, "ports").stream()
                        .allMatch(port -> StockApi.text(port, "device_owner").startsWith("network:"));
    }

    /** Deletes the project with all that is in it. */
    @Override
    public void close() {
        String ofProject = "/servers?all_tenants=1&project_id=" + id;
        admin.ids("compute", ofProject, "servers").forEach(server -> admin.delete("compute", "/servers/" + server));
        StockApi.until(
                "the servers are gone",
                () -> admin.ids("compute", ofProject, "servers").isEmpty());
        each("floatingips", floatingIp -> admin.delete("network", "/v2.0/floatingips/" + floatingIp));
        each("routers", this::removeRouter);
        each("networks", made -> admin.delete("network", "/v2.0/networks/" + made));
        admin.delete("identity", "/projects/" + id);
        // Neutron makes the default one anew as long as somebody can ask for it.
        each("security-groups", group -> admin.delete("network", "/v2.0/security-groups/" + group));
    }

    private void removeRouter(String router) {
        String inside = "/v2.0/ports?device_owner=network:router_interface&device_id=" + router;
        admin.ids("network", inside, "ports")
                .forEach(port -> admin.put(
                        "network", "/v2.0/routers/" + router + "/remove_router_interface", Map.of("port_id", port)));
        admin.delete("network", "/v2.0/routers/" + router);
    }

    private void each(String plural, Consumer<String> action) {
        admin.ids("network", "/v2.0/" + plural + "?project_id=" + id, plural.replace('-', '_'))
                .forEach(action);
    }
}
