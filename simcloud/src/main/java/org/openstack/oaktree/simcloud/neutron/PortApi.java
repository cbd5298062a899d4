package org.openstack.oaktree.simcloud.neutron;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** {@code /ports}. */
final class PortApi extends ResourceApi {
    PortApi(Networks networks, int maxLimit) {
        super(networks, networks.ports(), maxLimit);
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        Item network = networks().visibleNetwork(attributes.text("network_id"), caller);
        boolean isOwner = caller.sees(network.projectId());
        if (!isOwner && attributes.get("fixed_ips") != null) {
            throw ResourceType.forbidden(
                    "(rule:create_port and (rule:create_port:fixed_ips and (rule:create_port:fixed_ips:ip_address)))");
        }
        if (networks().isExternal(network) && !isOwner && !networks().isShared(network, caller)) {
            throw ResourceType.forbidden("rule:create_port");
        }
        if (attributes.get("security_groups") == null) {
            attributes.put("security_groups", defaultGroups(network, projectId, attributes));
        } else {
            requireGroups(attributes, caller);
        }
        return Ports.add(networks(), network, projectId, attributes);
    }

    private List<String> defaultGroups(Item network, String projectId, JsonObject attributes) {
        boolean isSecured = attributes.flag("port_security_enabled", true)
                && network.attributes().flag("port_security_enabled", true);
        boolean isNetworksOwn = attributes.text("device_owner").startsWith("network:");
        return isSecured && !isNetworksOwn
                ? List.of(networks().defaultGroup(projectId).id())
                : List.of();
    }

    private void requireGroups(JsonObject attributes, Caller caller) {
        Set<String> seen = new HashSet<>();
        for (Object entry : attributes.list("security_groups")) {
            String id = Python.str(entry);
            if (!seen.add(id)) {
                throw ResourceType.bad(
                        "Invalid input for security_groups. Reason: Duplicate items in the list: '" + id + "'.");
            }
            if (networks()
                    .groups()
                    .find(id)
                    .filter(group -> caller.sees(group.projectId()))
                    .isEmpty()) {
                throw Types.SECURITY_GROUP.notFound(id);
            }
        }
    }

    @Override
    void change(Caller caller, Item port, JsonObject changed) {
        if (changed.has("security_groups")) {
            requireGroups(changed, caller);
        }
        if (changed.has("fixed_ips")) {
            Item network = networks().networks().get(port.text("network_id"));
            networks().pools().release(port.attributes().list("fixed_ips"));
            changed.put(
                    "fixed_ips",
                    networks().pools().allocate(network, port.text("mac_address"), changed.list("fixed_ips")));
        }
        networks().portIndex().removePort(port);
        super.change(caller, port, changed);
        networks().portIndex().addPort(port);
    }

    @Override
    void remove(Item port) {
        String owner = port.text("device_owner");
        if (owner.startsWith("network:router_")) {
            throw new ApiException(
                    409,
                    "ServicePortInUse",
                    "Port " + port.id() + " cannot be deleted directly via the port API: has device owner " + owner
                            + ".");
        }
        Ports.remove(networks(), port);
    }

    @Override
    boolean isVisible(Item port, Caller caller) {
        return super.isVisible(port, caller)
                || networks()
                        .networks()
                        .find(port.text("network_id"))
                        .filter(network -> network.projectId().equals(caller.projectId()))
                        .isPresent();
    }

    static String mac(String text) {
        String mac = text.toLowerCase(Locale.ROOT);
        if (!mac.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            throw ResourceType.bad("Invalid input for mac_address. Reason: '" + text + "' is not a valid MAC address.");
        }
        return mac;
    }
}
