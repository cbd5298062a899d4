package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack.oaktree.simcloud.http.Caller;

/** What nova knows: flavors, keypairs, servers, server groups. Read and change it under the world's lock only. */
public final class Compute {
    private final TreeMap<String, Flavor> flavors = new TreeMap<>();
    private final List<Keypair> keypairs = new ArrayList<>();
    private final Quotas quotas;
    private final int maxLimit;

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
}
