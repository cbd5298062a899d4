package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.world.Quotas;

/** What nova knows: flavors, keypairs, servers, server groups. Read and change it under the world's lock only. */
public final class Compute {
    private final TreeMap<String, Flavor> flavors = new TreeMap<>();
    private final List<Keypair> keypairs = new ArrayList<>();
    private final Map<String, Server> servers = new HashMap<>();
    private final TreeMap<Long, Server> serversByAge = new TreeMap<>();
    private final List<ServerGroup> groups = new ArrayList<>();
    private final Quotas quotas;
    private final int maxLimit;
    private long nextNumber = 1;

    /**
     * An empty nova.
     *
     * @param maxLimit how many items a page has at most
     */
    public Compute(Quotas quotas, int maxLimit) {
        this.quotas = quotas;
        this.maxLimit = maxLimit;
    }

    int maxLimit() {
        return maxLimit;
    }

    /** Refuses more metadata of one server than there may be. */
    void requireMetadata(int items) {
        int limit = quotas.limit("metadata_items");
        if (limit >= 0 && items > limit) {
            throw new ApiException(403, "Maximum number of metadata items exceeds " + limit);
        }
    }

    public Quotas quotas() {
        return quotas;
    }

    /** Adds a flavor; one with the same ID is replaced. */
    public void put(Flavor flavor) {
        flavors.put(flavor.id(), flavor);
    }

    /** In the order of their IDs. */
    List<Flavor> flavors() {
        return List.copyOf(flavors.values());
    }

    Optional<Flavor> flavor(String id) {
        return Optional.ofNullable(flavors.get(id));
    }

    /** The flavor, if the caller may use it. */
    Optional<Flavor> flavor(String id, Caller caller) {
        return flavor(id).filter(flavor -> flavor.isVisibleTo(caller));
    }

    void removeFlavor(String id) {
        flavors.remove(id);
    }

    List<Keypair> keypairs() {
        return keypairs;
    }

    Optional<Keypair> keypair(String userId, String name) {
        return keypairs.stream()
                .filter(keypair ->
                        keypair.userId().equals(userId) && keypair.name().equals(name))
                .findFirst();
    }

    long nextNumber() {
        return nextNumber++;
    }

    void add(Server server) {
        servers.put(server.id, server);
        serversByAge.put(server.number, server);
    }

    /** Newest first, deleted ones among them. */
    Collection<Server> servers() {
        return serversByAge.descendingMap().values();
    }

    /** The server, if it lives and the caller may know of it. */
    Optional<Server> server(String id, Caller caller) {
        return Optional.ofNullable(servers.get(id))
                .filter(server -> !server.isDeleted && caller.sees(server.projectId));
    }

    /** The project's servers that count against its quota. */
    List<Server> living(String projectId) {
        return servers.values().stream()
                .filter(server -> !server.isDeleted && server.projectId.equals(projectId))
                .toList();
    }

    List<ServerGroup> groups() {
        return groups;
    }

    Optional<ServerGroup> group(String id, Caller caller) {
        return groups.stream()
                .filter(group -> group.id().equals(id) && caller.sees(group.projectId()))
                .findFirst();
    }

    /** IDs of the group's servers that live, oldest first. */
    List<String> members(ServerGroup group) {
        return serversByAge.values().stream()
                .filter(server -> !server.isDeleted && server.groupId.equals(group.id()))
                .map(server -> server.id)
                .toList();
    }
}
