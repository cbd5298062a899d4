package org.openstack.oaktree.simcloud.neutron;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds ports by their device, and floating IPs by their port, without looking at all of them. */
final class PortIndex {
    private final Map<String, Map<String, Item>> portsByDevice = new HashMap<>();
    private final Map<String, Map<String, Item>> floatingIpsByPort = new HashMap<>();

    /** Ports of the device, oldest first. */
    List<Item> ofDevice(String deviceId) {
        return List.copyOf(portsByDevice.getOrDefault(deviceId, Map.of()).values());
    }

    List<Item> floatingIpsOf(Item port) {
        return List.copyOf(floatingIpsByPort.getOrDefault(port.id(), Map.of()).values());
    }

    void addPort(Item port) {
        put(portsByDevice, port.text("device_id"), port);
    }

    void removePort(Item port) {
        drop(portsByDevice, port.text("device_id"), port);
    }

    void addFloatingIp(Item floatingIp) {
        put(floatingIpsByPort, floatingIp.text("port_id"), floatingIp);
    }

    void removeFloatingIp(Item floatingIp) {
        drop(floatingIpsByPort, floatingIp.text("port_id"), floatingIp);
    }

    private static void put(Map<String, Map<String, Item>> index, String key, Item item) {
        if (!key.isEmpty()) {
            index.computeIfAbsent(key, id -> new LinkedHashMap<>()).put(item.id(), item);
        }
    }

    private static void drop(Map<String, Map<String, Item>> index, String key, Item item) {
        Map<String, Item> items = index.get(key);
        if (items != null) {
            items.remove(item.id());
            if (items.isEmpty()) {
                index.remove(key);
            }
        }
    }
}
