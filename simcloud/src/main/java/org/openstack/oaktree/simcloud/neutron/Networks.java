package org.openstack.oaktree.simcloud.neutron;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.Quotas;
import org.openstack.oaktree.simcloud.world.World;

/** What neutron knows. Read and change it under the world's lock only. */
public final class Networks {
    private final World world;
    private final Quotas quotas;
    private final Duration taskTime;
    private final Map<String, Set<String>> sharedWith = new HashMap<>();
    private final PortIndex portIndex = new PortIndex();
    private final AddressPools pools = new AddressPools(this);
    private final Table networks = new Table(Types.NETWORK);
    private final Table subnets = new Table(Types.SUBNET);
    private final Table ports = new Table(Types.PORT);
    private final Table routers = new Table(Types.ROUTER);
    private final Table groups = new Table(Types.SECURITY_GROUP);
    private final Table rules = new Table(Types.RULE);
    private final Table floatingIps = new Table(Types.FLOATING_IP);
    private long nextSegment = 1;

    /**
     * An empty neutron.
     *
     * @param taskTime how long agents take to do what was asked
     */
    public Networks(World world, Quotas quotas, Duration taskTime) {
        this.world = world;
        this.quotas = quotas;
        this.taskTime = taskTime;
    }

    World world() {
        return world;
    }

    Quotas quotas() {
        return quotas;
    }

    Duration taskTime() {
        return taskTime;
    }

    Table networks() {
        return networks;
    }

    Table subnets() {
        return subnets;
    }

    Table ports() {
        return ports;
    }

    Table routers() {
        return routers;
    }

    Table groups() {
        return groups;
    }

    Table rules() {
        return rules;
    }

    Table floatingIps() {
        return floatingIps;
    }

    PortIndex portIndex() {
        return portIndex;
    }

    AddressPools pools() {
        return pools;
    }

    /** The time as neutron keeps it: whole seconds. */
    Instant now() {
        return world.now().truncatedTo(ChronoUnit.SECONDS);
    }

    long nextSegment() {
        return nextSegment++;
    }

    /** Lets other projects use a network; "*" stands for all of them. */
    public void share(String networkId, String projectId) {
        sharedWith.computeIfAbsent(networkId, id -> new LinkedHashSet<>()).add(projectId);
    }

    void unshare(String networkId, String projectId) {
        sharedWith.getOrDefault(networkId, new LinkedHashSet<>()).remove(projectId);
    }

    boolean isShared(Item network, Caller caller) {
        Set<String> projects = sharedWith.getOrDefault(network.id(), Set.of());
        return projects.contains("*") || projects.contains(caller.projectId());
    }

    boolean isExternal(Item network) {
        return network.attributes().flag("router:external", false);
    }

    boolean isNetworkVisible(Item network, Caller caller) {
        return caller.sees(network.projectId()) || isShared(network, caller) || isExternal(network);
    }

    /** The network, if the caller may know of it. */
    Item visibleNetwork(String id, Caller caller) {
        return networks.find(id)
                .filter(network -> isNetworkVisible(network, caller))
                .orElseThrow(() -> Types.NETWORK.notFound(id));
    }

    List<Item> subnetsOf(Item network) {
        return subnets.where("network_id", network.id())
                .sorted((a, b) -> a.createdAt().compareTo(b.createdAt()))
                .toList();
    }

    /** The group "default" of the project, which neutron makes when it is first needed. */
    Item defaultGroup(String projectId) {
        Optional<Item> group = groups.where("name", "default")
                .filter(found -> found.projectId().equals(projectId))
                .findFirst();
        return group.orElseGet(() -> SecurityGroupApi.makeDefault(this, projectId));
    }

    /** Refuses when the project has as many of these as it may have. */
    void requireRoom(Table table, String projectId) {
        String what = table.type().name();
        long used = table.all().stream()
                .filter(item -> item.projectId().equals(projectId))
                .count();
        if (!quotas.allows(what, used, 1)) {
            throw new ApiException(409, "OverQuota", "Quota exceeded for resources: ['" + what + "'].");
        }
    }

    Item item(ResourceType type, String projectId, JsonObject attributes, long revision) {
        return new Item(Ids.uuid(), projectId, attributes, now(), revision);
    }
}
