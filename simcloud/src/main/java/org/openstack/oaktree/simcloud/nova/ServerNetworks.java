package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.neutron.ServerPorts;
import org.openstack.oaktree.simcloud.world.Ids;

/** Connects servers to networks, and tells their addresses. */
final class ServerNetworks {
    private final ServerPorts ports;

    ServerNetworks(ServerPorts ports) {
        this.ports = ports;
    }

    /**
     * What a request says about networks: made sure that it can be had, but nothing is made yet.
     *
     * @param wishes one for each port
     * @param groups IDs of the security groups of new ports
     */
    record Plan(List<ServerPorts.Wish> wishes, List<String> groups) {}

    /**
     * Reads what a request says about networks and security groups.
     *
     * @throws ApiException when it cannot be had
     */
    Plan plan(Caller caller, JsonObject wanted) {
        List<String> groups = groups(caller, wanted);
        Object networks = wanted.get("networks");
        if ("none".equals(networks)) {
            return new Plan(List.of(), groups);
        }
        if (networks == null || "auto".equals(networks) || (networks instanceof List<?> list && list.isEmpty())) {
            return new Plan(automatic(caller, "auto".equals(networks)), groups);
        }
        List<ServerPorts.Wish> wishes = new ArrayList<>();
        for (Object entry : wanted.list("networks")) {
            wishes.add(wish(caller, entry instanceof JsonObject one ? one : JsonObject.of()));
        }
        return new Plan(wishes, groups);
    }

    private List<String> groups(Caller caller, JsonObject wanted) {
        Set<String> groups = new LinkedHashSet<>();
        for (Object entry : wanted.list("security_groups")) {
            String name = entry instanceof JsonObject one ? one.text("name") : "";
            groups.add(ports.group(caller.projectId(), name)
                    .orElseThrow(() ->
                            new ApiException(400, "Unable to find security_group with name or id '" + name + "'")));
        }
        return List.copyOf(groups);
    }

    /** The one network that the project has; none is fine, too, several are not. */
    private List<ServerPorts.Wish> automatic(Caller caller, boolean mustHave) {
        List<String> available = ports.available(caller);
        if (available.size() > 1) {
            throw new ApiException(409, "Multiple possible networks found, use a Network ID to be more specific.");
        }
        if (available.isEmpty() && mustHave) {
            throw new ApiException(400, "Unable to automatically allocate a network for project " + caller.projectId());
        }
        return available.stream().map(id -> new ServerPorts.Wish(id, "", "")).toList();
    }

    private ServerPorts.Wish wish(Caller caller, JsonObject one) {
        if (one.has("port")) {
            String portId = one.text("port");
            ports.requireFree(caller, portId);
            return new ServerPorts.Wish("", portId, "");
        }
        String networkId = one.text("uuid");
        if (!Ids.isUuid(networkId)) {
            throw new ApiException(
                    400, "Bad networks format: network uuid is not in proper format (" + networkId + ")");
        }
        ports.requireUsable(caller, networkId);
        return new ServerPorts.Wish(networkId, "", one.text("fixed_ip"));
    }

    /** Makes or takes the ports. */
    void connect(Server server, Plan plan) {
        for (ServerPorts.Wish wish : plan.wishes()) {
            String portId = ports.connect(server.id, server.projectId, server.host, server.zone, wish, plan.groups());
            if (wish.portId().isEmpty()) {
                server.ownPorts.add(portId);
            }
        }
    }

    /** The ports carry traffic, or no longer. */
    void setActive(Server server, boolean isActive) {
        ports.setActive(server.id, isActive);
    }

    /** Removes the ports that nova made, and lets the others go. */
    void disconnect(Server server) {
        ports.disconnect(server.id, server.ownPorts);
        server.ownPorts.clear();
    }

    /** Removes one port, or lets it go. */
    void disconnect(Server server, String portId) {
        ports.disconnectOne(portId, server.ownPorts.remove(portId));
    }

    /** Adds a port while the server runs. */
    ServerPorts.Port attach(Caller caller, Server server, JsonObject wanted) {
        ServerPorts.Wish wish = wanted.has("port_id")
                ? wish(caller, JsonObject.of("port", wanted.text("port_id")))
                : wish(caller, JsonObject.of("uuid", wanted.text("net_id")).put("fixed_ip", fixedIp(wanted)));
        String portId = ports.connect(server.id, server.projectId, server.host, server.zone, wish, List.of());
        if (wish.portId().isEmpty()) {
            server.ownPorts.add(portId);
        }
        ports.setActive(server.id, true);
        return ports.of(server.id).stream()
                .filter(port -> port.id().equals(portId))
                .findFirst()
                .orElseThrow();
    }

    private static String fixedIp(JsonObject wanted) {
        for (Object entry : wanted.list("fixed_ips")) {
            return ((JsonObject) entry).text("ip_address");
        }
        return "";
    }

    List<ServerPorts.Port> portsOf(Server server) {
        return ports.of(server.id);
    }

    /** Names of the security groups of the server's ports. */
    List<String> groupNames(Server server) {
        return ports.groupNames(server.id);
    }

    ServerPorts ports() {
        return ports;
    }

    /**
     * Addresses by the name of the network; floating ones after the fixed ones.
     *
     * @param isFull with the kind of each address and its port's MAC, as in a server; without, as in {@code /ips}
     */
    JsonObject addresses(Server server, boolean isFull) {
        Map<String, List<JsonObject>> fixed = new LinkedHashMap<>();
        Map<String, List<JsonObject>> floating = new LinkedHashMap<>();
        for (ServerPorts.Port port : ports.of(server.id)) {
            List<JsonObject> fixedOnes = fixed.computeIfAbsent(port.networkName(), name -> new ArrayList<>());
            List<JsonObject> floatingOnes = floating.computeIfAbsent(port.networkName(), name -> new ArrayList<>());
            port.fixedIps().forEach(ip -> fixedOnes.add(address(ip.address(), "fixed", port.mac(), isFull)));
            port.floatingIps().forEach(ip -> floatingOnes.add(address(ip, "floating", port.mac(), isFull)));
        }
        JsonObject addresses = JsonObject.of();
        fixed.forEach((name, ips) -> {
            List<JsonObject> all = new ArrayList<>(ips);
            all.addAll(floating.getOrDefault(name, List.of()));
            if (!all.isEmpty()) {
                addresses.put(name, all);
            }
        });
        return addresses;
    }

    private static JsonObject address(String ip, String kind, String mac, boolean isFull) {
        return JsonObject.of("version", ip.contains(":") ? 6 : 4)
                .put("addr", ip)
                .putIf(isFull, "OS-EXT-IPS:type", kind)
                .putIf(isFull, "OS-EXT-IPS-MAC:mac_addr", mac);
    }
}
