package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /networks}. */
final class NetworkApi extends ResourceApi {
    /** Ports that go with their network. */
    private static final Set<String> OWN_PORTS = Set.of("network:dhcp");

    NetworkApi(Networks networks, int maxLimit) {
        super(networks, networks.networks(), maxLimit);
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        if (attributes.get("provider:segmentation_id") == null
                && attributes.text("provider:network_type").equals("vxlan")) {
            attributes.put("provider:segmentation_id", networks().nextSegment());
        }
        Item network = networks().item(type(), projectId, attributes, 1);
        table().add(network);
        if (attributes.flag("shared", false)) {
            networks().share(network.id(), "*");
        }
        return network;
    }

    @Override
    void change(Caller caller, Item network, JsonObject changed) {
        super.change(caller, network, changed);
        if (changed.has("shared")) {
            if (changed.flag("shared", false)) {
                networks().share(network.id(), "*");
            } else {
                networks().unshare(network.id(), "*");
            }
        }
    }

    @Override
    void remove(Item network) {
        List<Item> ports = networks()
                .ports()
                .where("network_id", network.id())
                .filter(port -> !OWN_PORTS.contains(port.text("device_owner")))
                .toList();
        if (!ports.isEmpty()) {
            throw new ApiException(
                    409,
                    "NetworkInUse",
                    "Unable to complete operation on network " + network.id()
                            + ". There are one or more ports still in use on the network, id for these ports is: "
                            + String.join(",", ports.stream().map(Item::id).toList()) + ".");
        }
        networks().subnetsOf(network).forEach(subnet -> {
            networks().subnets().remove(subnet);
            networks().pools().forget(subnet);
        });
        super.remove(network);
    }

    @Override
    boolean isVisible(Item network, Caller caller) {
        return networks().isNetworkVisible(network, caller);
    }

    @Override
    void complete(Item network, Caller caller, JsonObject view) {
        view.put("subnets", networks().subnetsOf(network).stream().map(Item::id).toList());
        view.put("shared", networks().isShared(network, caller));
        if (!networks().isExternal(network)) {
            view.remove("is_default");
        }
    }
}
