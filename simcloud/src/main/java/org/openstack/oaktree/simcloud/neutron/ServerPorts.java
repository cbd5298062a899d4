package org.openstack.oaktree.simcloud.neutron;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** What nova asks of neutron: ports for servers, and what hangs on them. */
public final class ServerPorts {
    private final Networks networks;

    /** Ports in this neutron. */
    public ServerPorts(Networks networks) {
        this.networks = networks;
    }

    /**
     * A port that a server is to have.
     *
     * @param networkId where to make one, or "" when the port is there
     * @param portId the port that is there, or ""
     * @param fixedIp the address of the new port, or "" for any
     */
    public record Wish(String networkId, String portId, String fixedIp) {}

    /** A port of a server. */
    public record Port(
            String id,
            String networkId,
            String networkName,
            String mac,
            String status,
            List<FixedIp> fixedIps,
            List<String> floatingIps) {
        public Port {
            fixedIps = List.copyOf(fixedIps);
            floatingIps = List.copyOf(floatingIps);
        }
    }

    /** An address of a port. */
    public record FixedIp(String subnetId, String address) {}

    /** A security group of a server. */
    public record Group(String id, String name, String description, List<JsonObject> rules) {
        public Group {
            rules = List.copyOf(rules);
        }
    }

    /** IDs of the networks on which a project's server may be put without being asked for by ID. */
    public List<String> available(Caller caller) {
        return networks.networks().all().stream()
                .filter(network -> network.projectId().equals(caller.projectId()) || networks.isShared(network, caller))
                .map(Item::id)
                .toList();
    }

    /**
     * Makes sure that a server of the caller may have a port on the network.
     *
     * @throws ApiException in nova's words
     */
    public void requireUsable(Caller caller, String networkId) {
        Item network = networks.networks()
                .find(networkId)
                .filter(found -> networks.isNetworkVisible(found, caller))
                .orElseThrow(() -> new ApiException(400, "Network " + networkId + " could not be found."));
        boolean isUsable = caller.sees(network.projectId()) || networks.isShared(network, caller);
        if (!isUsable) {
            throw new ApiException(403, "It is not allowed to create an interface on external network " + networkId);
        }
        if (networks.subnetsOf(network).isEmpty()) {
            throw new ApiException(400, "Network " + networkId + " requires a subnet in order to boot instances on.");
        }
    }

    /**
     * Makes sure that the port is there and that no other server has it.
     *
     * @throws ApiException in nova's words
     */
    public void requireFree(Caller caller, String portId) {
        Item port = networks.ports()
                .find(portId)
                .filter(found -> caller.sees(found.projectId()))
                .orElseThrow(() -> new ApiException(400, "Port id " + portId + " could not be found."));
        if (!port.text("device_id").isEmpty()) {
            throw new ApiException(409, "Port " + portId + " is still in use.");
        }
    }

    /** ID of the project's security group of this name or ID. */
    public Optional<String> group(String projectId, String nameOrId) {
        networks.defaultGroup(projectId);
        return networks.groups().all().stream()
                .filter(group -> group.projectId().equals(projectId))
                .filter(group ->
                        group.id().equals(nameOrId) || group.text("name").equals(nameOrId))
                .map(Item::id)
                .findFirst();
    }

    /**
     * Gives a server a port.
     *
     * @param groups IDs of the security groups of a new port; empty = the default one
     * @return the port's ID
     */
    public String connect(String serverId, String projectId, String host, String zone, Wish wish, List<String> groups) {
        Item port = wish.portId().isEmpty()
                ? make(projectId, wish, groups)
                : networks.ports().get(wish.portId());
        networks.portIndex().removePort(port);
        port.attributes()
                .put("device_id", serverId)
                .put("device_owner", "compute:" + zone)
                .put("binding:host_id", host)
                .put("binding:vif_type", "ovs")
                .put("binding:vif_details", JsonObject.of("port_filter", true).put("connectivity", "l2"));
        port.touch(networks.now());
        networks.portIndex().addPort(port);
        return port.id();
    }

    private Item make(String projectId, Wish wish, List<String> groups) {
        Item network = networks.networks().get(wish.networkId());
        List<String> ids =
                groups.isEmpty() ? List.of(networks.defaultGroup(projectId).id()) : groups;
        JsonObject attributes =
                Ports.attributes().put("network_id", network.id()).put("security_groups", ids);
        if (!wish.fixedIp().isEmpty()) {
            attributes.put("fixed_ips", List.of(JsonObject.of("ip_address", wish.fixedIp())));
        }
        return Ports.add(networks, network, projectId, attributes);
    }

    /** Turns all ports of the server ACTIVE or DOWN. */
    public void setActive(String serverId, boolean isActive) {
        networks.portIndex()
                .ofDevice(serverId)
                .forEach(port -> port.set("status", isActive ? "ACTIVE" : "DOWN", networks.now()));
    }

    /** Takes all ports from a server: removes these, and lets the others go. */
    public void disconnect(String serverId, Collection<String> own) {
        networks.portIndex().ofDevice(serverId).forEach(port -> disconnectOne(port.id(), own.contains(port.id())));
    }

    /** Takes one port from its server. */
    public void disconnectOne(String portId, boolean isOwn) {
        networks.ports().find(portId).ifPresent(port -> {
            if (isOwn) {
                Ports.remove(networks, port);
            } else {
                letGo(port);
            }
        });
    }

    private void letGo(Item port) {
        networks.portIndex().removePort(port);
        port.attributes()
                .put("device_id", "")
                .put("device_owner", "")
                .put("binding:host_id", "")
                .put("status", "DOWN");
        port.touch(networks.now());
    }

    /** The ports of a server, oldest first. */
    public List<Port> of(String serverId) {
        return networks.portIndex().ofDevice(serverId).stream().map(this::port).toList();
    }

    private Port port(Item port) {
        List<FixedIp> fixedIps = new ArrayList<>();
        for (Object entry : port.attributes().list("fixed_ips")) {
            JsonObject fixedIp = (JsonObject) entry;
            fixedIps.add(new FixedIp(fixedIp.text("subnet_id"), fixedIp.text("ip_address")));
        }
        String networkId = port.text("network_id");
        return new Port(
                port.id(),
                networkId,
                networks.networks().get(networkId).text("name"),
                port.text("mac_address"),
                port.text("status"),
                fixedIps,
                networks.portIndex().floatingIpsOf(port).stream()
                        .map(floatingIp -> floatingIp.text("floating_ip_address"))
                        .toList());
    }

    /** Names of the security groups on the ports of a server, each once. */
    public List<String> groupNames(String serverId) {
        return groups(serverId).stream().map(Group::name).toList();
    }

    /** The security groups on the ports of a server, each once. */
    public List<Group> groups(String serverId) {
        Set<String> ids = new LinkedHashSet<>();
        networks.portIndex()
                .ofDevice(serverId)
                .forEach(port -> port.attributes().list("security_groups").forEach(id -> ids.add(Python.str(id))));
        return ids.stream()
                .flatMap(id -> networks.groups().find(id).stream())
                .map(this::group)
                .toList();
    }

    private Group group(Item group) {
        return new Group(
                group.id(),
                group.text("name"),
                group.text("description"),
                networks.rules()
                        .where("security_group_id", group.id())
                        .filter(rule -> rule.text("direction").equals("ingress"))
                        .map(rule -> JsonObject.of("id", rule.id()).putAll(rule.attributes()))
                        .toList());
    }

    /** Adds a group to all ports of a server, or takes it away. */
    public void changeGroup(String serverId, String groupId, boolean isAdded) {
        networks.portIndex().ofDevice(serverId).forEach(port -> {
            List<String> ids = new ArrayList<>();
            port.attributes().list("security_groups").forEach(id -> ids.add(Python.str(id)));
            ids.remove(groupId);
            if (isAdded) {
                ids.add(groupId);
            }
            port.set("security_groups", ids, networks.now());
        });
    }
}
