package org.openstack.oaktree.compute;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.ServerNic;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Draft;

/** On which networks a new server is. */
final class ServerNics {
    /** First microversion that wants to be told of networks, be it that it shall choose, or that there shall be none. */
    private static final String NETWORKS_BY_WORD = "2.37";

    private ServerNics() {}

    /** @throws OaktreeException INVALID_FIELD when a request says it in two ways, or not in full */
    static void check(CreateServerRequest request) {
        boolean hasNetworks = request.getNetworksCount() > 0;
        boolean hasNics = request.getNicsCount() > 0;
        refuse(hasNetworks && hasNics, "nics", "must not be set together with networks");
        refuse(
                request.getNoNetworks() && (hasNetworks || hasNics),
                "no_networks",
                "must not be set together with networks or nics");
        for (ServerNic nic : request.getNicsList()) {
            refuse(
                    nic.getNetwork().isEmpty() == nic.getPort().isEmpty(),
                    "nics",
                    "must each have a network or a port, and not both");
            refuse(
                    !nic.getPort().isEmpty() && !nic.getFixedIp().isEmpty(),
                    "nics.fixed_ip",
                    "must not be set together with port, which has its own address");
        }
    }

    private static void refuse(boolean wrong, String field, String why) {
        if (wrong) {
            throw OaktreeException.invalidField(field, why);
        }
    }

    /** Adds to the draft what the cloud wants to be told of a server that says nothing of networks. */
    static void add(Draft draft) {
        CreateServerRequest request = (CreateServerRequest) draft.request();
        Map<String, @Nullable Object> members = draft.members();
        if (!members.containsKey("networks") && draft.speaks(NETWORKS_BY_WORD)) {
            members.put("networks", request.getNoNetworks() ? "none" : "auto");
        }
    }
}
