package org.openstack.oaktree.compute;

import java.util.HashMap;
import java.util.Map;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerFlavor;

/**
 * Completes the flavors of servers from the list of flavors: since microversion 2.47 a server tells name and size of its flavor but not the
 * ID, before only the ID. Immutable.
 */
public final class ServerFlavors {
    private final Map<String, ServerFlavor> byId = new HashMap<>();
    private final Map<String, ServerFlavor> byName = new HashMap<>();

    private ServerFlavors(Iterable<Flavor> flavors) {
        for (Flavor flavor : flavors) {
            // Not the extra specs: they may have changed since the server was made, the size of a flavor never does.
            ServerFlavor known = ServerFlavor.newBuilder()
                    .setId(flavor.getId())
                    .setName(flavor.getName())
                    .setRamMib(flavor.getRamMib())
                    .setVcpus(flavor.getVcpus())
                    .setDiskGib(flavor.getDiskGib())
                    .setEphemeralGib(flavor.getEphemeralGib())
                    .setSwapMib(flavor.getSwapMib())
                    .build();
            byId.put(known.getId(), known);
            byName.put(known.getName(), known);
        }
    }

    /** Takes the flavors that the caller sees; in a region no two have the same name. */
    public static ServerFlavors of(Iterable<Flavor> flavors) {
        return new ServerFlavors(flavors);
    }

    /**
     * The same server with all that is known of its flavor. What the server tells stays as it is, and a flavor that contradicts it is not
     * its own but one made later under the same name.
     */
    public Server complete(Server server) {
        ServerFlavor told = server.getFlavor();
        ServerFlavor known = told.getId().isEmpty() ? byName.get(told.getName()) : byId.get(told.getId());
        if (known == null) {
            return server;
        }
        ServerFlavor both = known.toBuilder().mergeFrom(told).build();
        return both.toBuilder().clearExtraSpecs().build().equals(known)
                ? server.toBuilder().setFlavor(both).build()
                : server;
    }
}
