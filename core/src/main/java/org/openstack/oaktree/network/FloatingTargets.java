package org.openstack.oaktree.network;

import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.v1.FixedIp;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceType;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.ErrorReason;

/** Finds the port and address of a server that a floating IP is to lead to. Safe for use by many threads. */
final class FloatingTargets {
    private final Lists lists;
    private final ResourceType ports;
    private final CloudNetworks networks;

    FloatingTargets(Lists lists, CloudNetworks networks) {
        this.lists = lists;
        this.ports = lists.type("oaktree.network.v1.Port");
        this.networks = networks;
    }

    /** Where a floating IP leads. */
    record Target(String portId, String fixedAddress) {}

    /** The ports of a server as the cloud knows them now. */
    List<Port> ports(Cloud cloud, String serverId) {
        return lists.get(cloud, ports, List.of(new Param("device_id", serverId)), Instant.now())
                .resources(Port.class);
    }

    /**
     * The target in a server.
     *
     * @param serverPorts all of its ports
     * @param fixedAddress which of its addresses; empty: oaktree chooses
     * @param natDestination ID of the network to choose on; empty: what the cloud's configuration or its networks say, which is asked for
     *     only when the server has several ports
     * @throws OaktreeException WRONG_STATE when it has no port with an IPv4 address; INVALID_FIELD when none is as asked for, or the network must be
     *     said; CLOUD_MISCONFIGURED
     */
    Target in(Cloud cloud, String serverId, List<Port> serverPorts, String fixedAddress, String natDestination) {
        List<Target> found = all(cloud, serverId, serverPorts, fixedAddress, natDestination);
        if (fixedAddress.isEmpty()) {
            return found.getFirst();
        }
        return found.stream()
                .filter(target -> target.fixedAddress().equals(fixedAddress))
                .findFirst()
                .orElseThrow(() -> OaktreeException.invalidField(
                        "fixed_ip_address", "must be an IPv4 address of the server: it has " + addresses(found)));
    }

    /**
     * Whether {@link #in} would choose one where nobody says which address, or complain that it cannot tell which network is meant.
     *
     * @param natDestination ID of the network to choose on; empty: as there
     */
    boolean isThere(Cloud cloud, List<Port> serverPorts, String natDestination) {
        List<Port> own =
                serverPorts.stream().filter(port -> !ipv4(port).isEmpty()).toList();
        if (own.size() < 2 || !natDestination.isEmpty()) {
            return !own.isEmpty();
        }
        return networks.natDestination(cloud)
                .map(network -> !sorted(own, network.getId()).isEmpty())
                .orElse(true);
    }

    /** Every target in the server that {@link #in} chooses from, the first one first. */
    List<Target> all(Cloud cloud, String serverId, List<Port> serverPorts, String fixedAddress, String natDestination) {
        List<Port> own =
                serverPorts.stream().filter(port -> !ipv4(port).isEmpty()).toList();
        if (own.isEmpty()) {
            throw ports.error(
                            cloud,
                            ErrorReason.ERROR_REASON_WRONG_STATE,
                            "server " + serverId + " has no port with an IPv4 address to lead to; wait until it is"
                                    + " ACTIVE, or put it on a network")
                    .resource("oaktree.compute.v1.Server", serverId)
                    .build();
        }
        boolean isChosen = natDestination.isEmpty() && (!fixedAddress.isEmpty() || own.size() == 1);
        return isChosen ? sorted(own) : on(destination(cloud, natDestination), own);
    }

    private String destination(Cloud cloud, String natDestination) {
        if (!natDestination.isEmpty()) {
            return natDestination;
        }
        return networks.natDestination(cloud)
                .map(Network::getId)
                .orElseThrow(() -> OaktreeException.invalidField(
                        "nat_destination", "must say which network: the server has several ports"));
    }

    private static List<Target> on(String network, List<Port> ports) {
        List<Target> found = sorted(ports, network);
        if (found.isEmpty()) {
            throw OaktreeException.invalidField(
                    "nat_destination",
                    "must name a network that the server is on: it has no port with an IPv4 address on " + network);
        }
        return found;
    }

    private static List<Target> sorted(List<Port> ports, String network) {
        return sorted(ports.stream()
                .filter(port -> port.getNetworkId().equals(network))
                .toList());
    }

    /** The newest port first; those that nobody knows the age of last. */
    private static List<Target> sorted(List<Port> ports) {
        Comparator<Port> age = Comparator.comparing(Port::getCreatedAt, Timestamps.comparator());
        return ports.stream()
                .sorted(age.reversed())
                .flatMap(port -> ipv4(port).stream().map(address -> new Target(port.getId(), address)))
                .toList();
    }

    private static List<String> ipv4(Port port) {
        return port.getFixedIpsList().stream()
                .map(FixedIp::getIpAddress)
                .filter(address -> address.indexOf('.') >= 0)
                .toList();
    }

    private static String addresses(List<Target> targets) {
        return String.join(", ", targets.stream().map(Target::fixedAddress).toList());
    }
}
