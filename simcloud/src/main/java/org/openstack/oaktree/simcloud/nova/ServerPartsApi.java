package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.neutron.ServerPorts;
import org.openstack.oaktree.simcloud.world.Times;

/** What hangs on a server: addresses, interfaces, security groups, and the record of what was done to it. */
final class ServerPartsApi {
    private static final String SERVER = "/v2.1/servers/{id}";

    private final Compute compute;
    private final ServerNetworks networks;

    ServerPartsApi(Compute compute, ServerNetworks networks) {
        this.compute = compute;
        this.networks = networks;
    }

    void addTo(Router router) {
        router.add("GET", SERVER + "/ips", this::addresses)
                .add("GET", SERVER + "/ips/{network}", this::addressesOn)
                .add("GET", SERVER + "/os-interface", this::interfaces)
                .add("POST", SERVER + "/os-interface", this::addInterface)
                .add("GET", SERVER + "/os-interface/{port_id}", this::showInterface)
                .add("DELETE", SERVER + "/os-interface/{port_id}", this::removeInterface)
                .add("GET", SERVER + "/os-security-groups", this::groups)
                .add("GET", SERVER + "/os-instance-actions", this::actions)
                .add("GET", SERVER + "/diagnostics", this::diagnostics);
    }

    private Answer addresses(Call call) {
        return Answer.json(200, JsonObject.of("addresses", networks.addresses(find(call), false)));
    }

    private Answer addressesOn(Call call) {
        String network = call.variable("network");
        JsonObject addresses = networks.addresses(find(call), false);
        if (!addresses.has(network)) {
            throw new ApiException(404, "Instance is not a member of specified network");
        }
        return Answer.json(200, JsonObject.of(network, addresses.get(network)));
    }

    private Answer interfaces(Call call) {
        List<JsonObject> views = networks.portsOf(find(call)).stream()
                .map(port -> view(call, port))
                .toList();
        return Answer.json(200, JsonObject.of("interfaceAttachments", views));
    }

    private Answer showInterface(Call call) {
        return Answer.json(200, JsonObject.of("interfaceAttachment", view(call, port(call, find(call)))));
    }

    private Answer addInterface(Call call) {
        Server server = find(call);
        ServerPorts.Port port =
                networks.attach(call.caller(), server, call.jsonObject().object("interfaceAttachment"));
        return Answer.json(200, JsonObject.of("interfaceAttachment", view(call, port)));
    }

    private Answer removeInterface(Call call) {
        Server server = find(call);
        networks.disconnect(server, port(call, server).id());
        return Answer.empty(202);
    }

    private ServerPorts.Port port(Call call, Server server) {
        String portId = call.variable("port_id");
        return networks.portsOf(server).stream()
                .filter(port -> port.id().equals(portId))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(404, "Instance " + server.id + " does not have a port with id " + portId));
    }

    private static JsonObject view(Call call, ServerPorts.Port port) {
        List<JsonObject> fixedIps = port.fixedIps().stream()
                .map(ip -> JsonObject.of("subnet_id", ip.subnetId()).put("ip_address", ip.address()))
                .toList();
        return JsonObject.of("net_id", port.networkId())
                .put("port_id", port.id())
                .put("mac_addr", port.mac())
                .put("port_state", port.status())
                .put("fixed_ips", fixedIps)
                .putIf(call.version().has(70), "tag", null);
    }

    private Answer groups(Call call) {
        Server server = find(call);
        List<JsonObject> views = networks.ports().groups(server.id).stream()
                .map(group -> JsonObject.of("id", group.id())
                        .put("description", group.description())
                        .put("name", group.name())
                        .put("tenant_id", server.projectId)
                        .put(
                                "rules",
                                group.rules().stream()
                                        .map(rule -> rule(server, group, rule))
                                        .toList()))
                .toList();
        return Answer.json(200, JsonObject.of("security_groups", views));
    }

    private static JsonObject rule(Server server, ServerPorts.Group group, JsonObject rule) {
        String prefix = rule.text("remote_ip_prefix");
        boolean isFromGroup = rule.get("remote_group_id") != null;
        return JsonObject.of("id", rule.get("id"))
                .put("parent_group_id", group.id())
                .put("ip_protocol", rule.get("protocol"))
                .put("from_port", rule.get("port_range_min"))
                .put("to_port", rule.get("port_range_max"))
                .put(
                        "group",
                        isFromGroup
                                ? JsonObject.of("name", group.name()).put("tenant_id", server.projectId)
                                : JsonObject.of())
                .put("ip_range", prefix.isEmpty() ? JsonObject.of() : JsonObject.of("cidr", prefix));
    }

    private Answer actions(Call call) {
        Server server = find(call);
        List<JsonObject> views = server.actions.stream()
                .map(action -> JsonObject.of("action", action.action())
                        .put("instance_uuid", server.id)
                        .put("request_id", action.requestId())
                        .put("user_id", action.userId())
                        .put("project_id", action.projectId())
                        .put("start_time", Times.micros(action.startedAt()))
                        .put("message", null))
                .toList();
        return Answer.json(200, JsonObject.of("instanceActions", views));
    }

    private Answer diagnostics(Call call) {
        if (!call.caller().isAdmin()) {
            throw Nova.forbidden("os-server-diagnostics");
        }
        Server server = find(call);
        return Answer.json(
                200,
                JsonObject.of("state", server.vmState.equals("active") ? "running" : "shutdown")
                        .put("driver", "fake")
                        .put("hypervisor", "fake"));
    }

    private Server find(Call call) {
        String id = call.variable("id");
        return compute.server(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance " + id + " could not be found."));
    }
}
