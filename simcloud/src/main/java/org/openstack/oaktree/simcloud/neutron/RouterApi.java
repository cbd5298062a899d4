package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /routers} and their interfaces. */
final class RouterApi extends ResourceApi {
    static final String INTERFACE = "network:router_interface";
    private static final String GATEWAY = "network:router_gateway";

    RouterApi(Networks networks, int maxLimit) {
        super(networks, networks.routers(), maxLimit);
    }

    @Override
    void addMoreTo(Router router) {
        router.add("PUT", "/v2.0/routers/{id}/add_router_interface", this::addInterface)
                .add("PUT", "/v2.0/routers/{id}/remove_router_interface", this::removeInterface);
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        Item router = networks().item(type(), projectId, attributes, 1);
        if (attributes.get("external_gateway_info") instanceof JsonObject wanted && !wanted.isEmpty()) {
            setGateway(caller, router, wanted);
        } else {
            attributes.put("external_gateway_info", null);
        }
        table().add(router);
        return router;
    }

    @Override
    void change(Caller caller, Item router, JsonObject changed) {
        if (changed.has("external_gateway_info")) {
            JsonObject wanted = changed.object("external_gateway_info");
            requireNoFloatingIps(router);
            portsOf(router, GATEWAY).forEach(port -> Ports.remove(networks(), port));
            if (wanted.isEmpty()) {
                router.attributes().put("external_gateway_info", null);
            } else {
                setGateway(caller, router, wanted);
            }
            changed.remove("external_gateway_info");
        }
        super.change(caller, router, changed);
    }

    private void requireNoFloatingIps(Item router) {
        if (networks().floatingIps().where("router_id", router.id()).findAny().isPresent()) {
            JsonObject info = router.attributes().object("external_gateway_info");
            throw new ApiException(
                    409,
                    "RouterExternalGatewayInUseByFloatingIp",
                    "Gateway cannot be updated for router " + router.id() + ", since a gateway to external network "
                            + info.text("network_id") + " is required by one or more floating IPs.");
        }
    }

    private void setGateway(Caller caller, Item router, JsonObject wanted) {
        Item network = networks().visibleNetwork(wanted.text("network_id"), caller);
        if (!networks().isExternal(network)) {
            throw new ApiException(
                    400, "BadRequest", "Bad router request: Network " + network.id() + " is not an external network.");
        }
        JsonObject attributes = Ports.attributes()
                .put("device_id", router.id())
                .put("device_owner", GATEWAY)
                .put("status", "ACTIVE");
        attributes.put("network_id", network.id()).put("port_security_enabled", false);
        Item port = Ports.add(networks(), network, "", attributes);
        router.attributes()
                .put(
                        "external_gateway_info",
                        JsonObject.of("network_id", network.id())
                                .put("external_fixed_ips", port.attributes().get("fixed_ips"))
                                .put("enable_snat", wanted.flag("enable_snat", true)));
        router.touch(networks().now());
    }

    @Override
    void remove(Item router) {
        List<Item> interfaces = portsOf(router, INTERFACE).toList();
        if (!interfaces.isEmpty()) {
            throw new ApiException(
                    409,
                    "RouterInUse",
                    "Router " + router.id() + " has ports still attached: "
                            + String.join(
                                    ", ", interfaces.stream().map(Item::id).toList()));
        }
        portsOf(router, GATEWAY).toList().forEach(port -> Ports.remove(networks(), port));
        super.remove(router);
    }

    private Stream<Item> portsOf(Item router, String owner) {
        return networks().portIndex().ofDevice(router.id()).stream()
                .filter(port -> port.text("device_owner").equals(owner));
    }

    private Answer addInterface(Call call) {
        Item router = findOwn(call, "update");
        JsonObject wanted = call.jsonObject();
        Item port = wanted.has("port_id")
                ? adopt(router, networks().ports().get(wanted.text("port_id")))
                : attach(router, subnet(call, wanted.text("subnet_id")));
        router.touch(networks().now());
        return Answer.json(200, interfaceView(router, port));
    }

    private Item subnet(Call call, String id) {
        return networks()
                .subnets()
                .find(id)
                .filter(found -> call.caller().sees(found.projectId())
                        || networks().isShared(networks().networks().get(found.text("network_id")), call.caller()))
                .orElseThrow(() -> Types.SUBNET.notFound(id));
    }

    /** Puts the router on the subnet, as its gateway. */
    Item attach(Item router, Item subnet) {
        if (interfaceOn(router, subnet.id()).isPresent()) {
            throw new ApiException(
                    400, "BadRequest", "Bad router request: Router already has a port on subnet " + subnet.id() + ".");
        }
        if (subnet.text("gateway_ip").isEmpty()) {
            throw new ApiException(
                    400, "BadRequest", "Bad router request: Subnet for router interface must have a gateway IP.");
        }
        JsonObject fixedIp = JsonObject.of("subnet_id", subnet.id()).put("ip_address", subnet.text("gateway_ip"));
        JsonObject attributes = Ports.attributes()
                .put("network_id", subnet.text("network_id"))
                .put("device_id", router.id())
                .put("device_owner", INTERFACE)
                .put("port_security_enabled", false)
                .put("status", "ACTIVE")
                .put("fixed_ips", List.of(fixedIp));
        Item network = networks().networks().get(subnet.text("network_id"));
        return Ports.add(networks(), network, router.projectId(), attributes);
    }

    private Item adopt(Item router, Item port) {
        if (!port.text("device_id").isEmpty()) {
            throw new ApiException(
                    409,
                    "PortInUse",
                    "Unable to complete operation on port " + port.id() + " for network " + port.text("network_id")
                            + ". Port already has an attached device " + port.text("device_id") + ".");
        }
        networks().portIndex().removePort(port);
        port.attributes().put("device_owner", INTERFACE).put("status", "ACTIVE");
        port.set("device_id", router.id(), networks().now());
        networks().portIndex().addPort(port);
        return port;
    }

    private Answer removeInterface(Call call) {
        Item router = findOwn(call, "update");
        JsonObject wanted = call.jsonObject();
        Optional<Item> found = wanted.has("port_id")
                ? portsOf(router, INTERFACE)
                        .filter(port -> port.id().equals(wanted.text("port_id")))
                        .findFirst()
                : interfaceOn(router, wanted.text("subnet_id"));
        Item port = found.orElseThrow(() -> noInterface(router, wanted));
        requireNoFloatingIpsBehind(router, port);
        JsonObject view = interfaceView(router, port);
        Ports.remove(networks(), port);
        router.touch(networks().now());
        return Answer.json(200, view);
    }

    private static ApiException noInterface(Item router, JsonObject wanted) {
        return wanted.has("port_id")
                ? new ApiException(
                        404,
                        "RouterInterfaceNotFound",
                        "Router " + router.id() + " does not have an interface with id " + wanted.text("port_id"))
                : new ApiException(
                        404,
                        "RouterInterfaceNotFoundForSubnet",
                        "Router " + router.id() + " has no interface on subnet " + wanted.text("subnet_id"));
    }

    private void requireNoFloatingIpsBehind(Item router, Item port) {
        String subnetId = subnetId(port);
        Cidr cidr = AddressPools.cidr(networks().subnets().get(subnetId));
        boolean isNeeded = networks()
                .floatingIps()
                .where("router_id", router.id())
                .anyMatch(floatingIp -> Address.parse(floatingIp.text("fixed_ip_address"))
                        .filter(cidr::contains)
                        .isPresent());
        if (isNeeded) {
            throw new ApiException(
                    409,
                    "RouterInterfaceInUseByFloatingIP",
                    "Router interface for subnet " + subnetId + " on router " + router.id()
                            + " cannot be deleted, as it is required by one or more floating IPs.");
        }
    }

    private Optional<Item> interfaceOn(Item router, String subnetId) {
        return portsOf(router, INTERFACE)
                .filter(port -> subnetId(port).equals(subnetId))
                .findFirst();
    }

    private static String subnetId(Item port) {
        for (Object fixedIp : port.attributes().list("fixed_ips")) {
            return ((JsonObject) fixedIp).text("subnet_id");
        }
        return "";
    }

    private static JsonObject interfaceView(Item router, Item port) {
        return JsonObject.of("id", router.id())
                .put("tenant_id", router.projectId())
                .put("port_id", port.id())
                .put("network_id", port.text("network_id"))
                .put("subnet_id", subnetId(port))
                .put("subnet_ids", List.of(subnetId(port)));
    }
}
