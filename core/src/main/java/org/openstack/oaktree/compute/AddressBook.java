package org.openstack.oaktree.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Port;

/**
 * Which floating IPs lead to which server, as the network service knows. Immutable; made once from one list of ports and one of floating
 * IPs for any number of servers.
 */
public final class AddressBook {
    private final Map<String, List<Floating>> byServer;

    /** A floating IP, the fixed address that it leads to, and the MAC address of the port with that address. */
    record Floating(String address, String fixedAddress, String macAddress) {}

    private AddressBook(Map<String, List<Floating>> byServer) {
        this.byServer = byServer;
    }

    /** Joins the two lists. Ports of others than servers, and floating IPs that are not attached, do no harm. */
    public static AddressBook of(Iterable<Port> ports, Iterable<FloatingIp> floatingIps) {
        Map<String, List<FloatingIp>> byPort = new HashMap<>();
        for (FloatingIp floatingIp : floatingIps) {
            if (!floatingIp.getPortId().isEmpty()) {
                byPort.computeIfAbsent(floatingIp.getPortId(), any -> new ArrayList<>())
                        .add(floatingIp);
            }
        }
        Map<String, List<Floating>> byServer = new HashMap<>();
        for (Port port : ports) {
            for (FloatingIp floatingIp : byPort.getOrDefault(port.getId(), List.of())) {
                byServer.computeIfAbsent(port.getDeviceId(), any -> new ArrayList<>())
                        .add(new Floating(
                                floatingIp.getFloatingIpAddress(),
                                floatingIp.getFixedIpAddress(),
                                port.getMacAddress()));
            }
        }
        byServer.replaceAll((server, found) -> List.copyOf(found));
        return new AddressBook(byServer);
    }

    /** Floating IPs of one server in the order of its ports, then of the floating IPs, as they were listed. */
    List<Floating> floatingOf(String serverId) {
        return byServer.getOrDefault(serverId, List.of());
    }
}
