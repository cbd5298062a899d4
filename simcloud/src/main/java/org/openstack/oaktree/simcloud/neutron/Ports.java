package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** Puts ports on networks and takes them off, whoever asks: a user, a router, or nova. */
final class Ports {
    private Ports() {}

    /** Adds a port; an address for it is found unless the attributes say which. */
    static Item add(Networks networks, Item network, String projectId, JsonObject attributes) {
        String mac =
                attributes.get("mac_address") instanceof String text ? ownMac(networks, network, text) : randomMac();
        attributes.put("mac_address", mac);
        attributes.put(
                "fixed_ips",
                attributes.get("fixed_ips") instanceof List<?> wanted
                        ? networks.pools().allocate(network, mac, wanted)
                        : networks.pools().allocate(network, mac));
        Item port = networks.item(Types.PORT, projectId, attributes, 1);
        networks.ports().add(port);
        networks.portIndex().addPort(port);
        return port;
    }

    /** Removes a port; floating IPs that pointed to it are free again. */
    static void remove(Networks networks, Item port) {
        networks.portIndex().floatingIpsOf(port).forEach(floatingIp -> FloatingIpApi.release(networks, floatingIp));
        networks.pools().release(port.attributes().list("fixed_ips"));
        networks.portIndex().removePort(port);
        networks.ports().remove(port);
    }

    /** The attributes of a port that nobody has said anything about. */
    static JsonObject attributes() {
        JsonObject attributes = JsonObject.of();
        Types.PORT.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute.initial()));
        return attributes.put("security_groups", List.of());
    }

    private static String ownMac(Networks networks, Item network, String text) {
        String mac = PortApi.mac(text);
        if (networks.ports()
                .where("mac_address", mac)
                .anyMatch(port -> port.text("network_id").equals(network.id()))) {
            throw new ApiException(
                    409,
                    "MacAddressInUse",
                    "Unable to complete operation for network " + network.id() + ". The mac address " + mac
                            + " is in use.");
        }
        return mac;
    }

    private static String randomMac() {
        int low = ThreadLocalRandom.current().nextInt(1 << 24);
        return "fa:16:3e:%02x:%02x:%02x".formatted(low >> 16, (low >> 8) & 0xff, low & 0xff);
    }
}
