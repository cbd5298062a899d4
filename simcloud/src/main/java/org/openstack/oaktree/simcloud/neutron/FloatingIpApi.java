package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /floatingips}. */
final class FloatingIpApi extends ResourceApi {
    FloatingIpApi(Networks networks, int maxLimit) {
        super(networks, networks.floatingIps(), maxLimit);
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        Item network = networks().visibleNetwork(attributes.text("floating_network_id"), caller);
        if (!networks().isExternal(network)) {
            throw new ApiException(
                    400,
                    "BadRequest",
                    "Bad floatingip request: Network " + network.id() + " is not a valid external network.");
        }
        Optional<Target> target = attributes.get("port_id") instanceof String portId
                ? Optional.of(target(caller, network, portId, attributes))
                : Optional.empty();
        Item subnet = networks().subnetsOf(network).stream()
                .filter(found -> found.attributes().number("ip_version", 4) == 4)
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        400, "BadRequest", "Bad floatingip request: Network " + network.id() + " has no subnet."));
        JsonObject taken = attributes.get("floating_ip_address") instanceof String wanted
                ? networks().pools().take(subnet, Address.parse(wanted).orElseThrow(() -> ResourceType.bad(wanted)))
                : networks().pools().takeFree(subnet);
        attributes
                .put("floating_ip_address", taken.get("ip_address"))
                .put("port_id", null)
                .put("fixed_ip_address", null);
        Item floatingIp = networks().item(type(), projectId, attributes, 0);
        table().add(floatingIp);
        target.ifPresent(found -> point(floatingIp, found));
        return floatingIp;
    }

    @Override
    void change(Caller caller, Item floatingIp, JsonObject changed) {
        boolean pointsElsewhere = changed.has("port_id") || changed.has("fixed_ip_address");
        if (!pointsElsewhere) {
            super.change(caller, floatingIp, changed);
            return;
        }
        Item network = networks().networks().get(floatingIp.text("floating_network_id"));
        String portId = changed.has("port_id") ? changed.text("port_id") : floatingIp.text("port_id");
        Optional<Target> target =
                portId.isEmpty() ? Optional.empty() : Optional.of(target(caller, network, portId, changed, floatingIp));
        unpoint(networks(), floatingIp);
        super.change(caller, floatingIp, changed.copy().remove("port_id").remove("fixed_ip_address"));
        target.ifPresent(found -> point(floatingIp, found));
    }

    @Override
    void remove(Item floatingIp) {
        networks().portIndex().removeFloatingIp(floatingIp);
        String address = floatingIp.text("floating_ip_address");
        networks()
                .subnetsOf(networks().networks().get(floatingIp.text("floating_network_id")))
                .forEach(subnet -> networks()
                        .pools()
                        .release(List.of(JsonObject.of("subnet_id", subnet.id()).put("ip_address", address))));
        super.remove(floatingIp);
    }

    @Override
    void complete(Item floatingIp, Caller caller, JsonObject view) {
        networks()
                .ports()
                .find(floatingIp.text("port_id"))
                .ifPresent(port -> view.put(
                        "port_details",
                        JsonObject.of("name", port.text("name"))
                                .put("network_id", port.text("network_id"))
                                .put("mac_address", port.text("mac_address"))
                                .put("admin_state_up", port.attributes().get("admin_state_up"))
                                .put("status", port.text("status"))
                                .put("device_id", port.text("device_id"))
                                .put("device_owner", port.text("device_owner"))));
    }

    /** Frees a floating IP whose port goes away. */
    static void release(Networks networks, Item floatingIp) {
        unpoint(networks, floatingIp);
        floatingIp.touch(networks.now());
    }

    /** Where a floating IP leads: a port's address, by a router. */
    private record Target(Item port, String fixedIp, Item router) {}

    private Target target(Caller caller, Item network, String portId, JsonObject wanted, Item... except) {
        Item port = networks()
                .ports()
                .find(portId)
                .filter(found -> caller.sees(found.projectId()))
                .orElseThrow(() -> Types.PORT.notFound(portId));
        JsonObject fixedIp = StreamSupport.stream(
                        port.attributes().list("fixed_ips").spliterator(), false)
                .map(JsonObject.class::cast)
                .filter(found -> found.text("ip_address").contains("."))
                .filter(found -> !(wanted.get("fixed_ip_address") instanceof String address)
                        || address.equals(found.text("ip_address")))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        400,
                        "BadRequest",
                        "Bad floatingip request: Cannot add floating IP to port " + portId
                                + " that has no fixed IPv4 addresses."));
        requireUnused(network, port, fixedIp.text("ip_address"), except);
        return new Target(port, fixedIp.text("ip_address"), router(network, port, fixedIp.text("subnet_id")));
    }

    private void requireUnused(Item network, Item port, String fixedIp, Item... except) {
        networks().portIndex().floatingIpsOf(port).stream()
                .filter(other -> except.length == 0 || !other.id().equals(except[0].id()))
                .filter(other -> other.text("fixed_ip_address").equals(fixedIp))
                .findFirst()
                .ifPresent(other -> {
                    throw new ApiException(
                            409,
                            "FloatingIPPortAlreadyAssociated",
                            "Cannot associate floating IP " + other.text("floating_ip_address") + " (" + other.id()
                                    + ") with port " + port.id() + " using fixed IP " + fixedIp
                                    + ", as that fixed IP already has a floating IP on external network " + network.id()
                                    + ".");
                });
    }

    /** The router between the subnet and the external network. */
    private Item router(Item network, Item port, String subnetId) {
        return networks()
                .ports()
                .where("device_owner", RouterApi.INTERFACE)
                .filter(found -> StreamSupport.stream(
                                found.attributes().list("fixed_ips").spliterator(), false)
                        .anyMatch(
                                entry -> ((JsonObject) entry).text("subnet_id").equals(subnetId)))
                .flatMap(found -> networks().routers().find(found.text("device_id")).stream())
                .filter(router -> router.attributes()
                        .object("external_gateway_info")
                        .text("network_id")
                        .equals(network.id()))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        404,
                        "ExternalGatewayForFloatingIPNotFound",
                        "External network " + network.id() + " is not reachable from subnet " + subnetId
                                + ".  Therefore, cannot associate Port " + port.id() + " with a Floating IP."));
    }

    private void point(Item floatingIp, Target target) {
        floatingIp
                .attributes()
                .put("port_id", target.port().id())
                .put("fixed_ip_address", target.fixedIp())
                .put("router_id", target.router().id());
        networks().portIndex().addFloatingIp(floatingIp);
        networks().world().later(networks().taskTime(), now -> {
            if (floatingIp.text("port_id").equals(target.port().id())) {
                floatingIp.set("status", "ACTIVE", networks().now());
            }
        });
    }

    private static void unpoint(Networks networks, Item floatingIp) {
        networks.portIndex().removeFloatingIp(floatingIp);
        floatingIp
                .attributes()
                .put("port_id", null)
                .put("fixed_ip_address", null)
                .put("router_id", null)
                .put("status", "DOWN");
    }
}
