package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** What nova asks of the network: ports for servers, and their addresses. */
interface ServerNetworks {
    /**
     * What a request says about networks: made sure that it can be had, but nothing is made yet.
     *
     * @param wishes one for each port
     * @param groups security groups of new ports
     */
    record Plan(List<Wish> wishes, List<String> groups) {
        public Plan {
            wishes = List.copyOf(wishes);
            groups = List.copyOf(groups);
        }
    }

    /**
     * A port that a server is to have.
     *
     * @param networkId where to make one, or "" when the port is there
     * @param portId the port that is there, or ""
     * @param fixedIp the address of the new port, or "" for any
     */
    record Wish(String networkId, String portId, String fixedIp) {}

    /**
     * Reads what a request says about networks and security groups.
     *
     * @throws ApiException when it cannot be had
     */
    Plan plan(Caller caller, JsonObject wanted);

    /**
     * Makes or takes the ports.
     *
     * @throws ApiException when an address or a port is gone by now
     */
    void connect(Server server, Plan plan);

    /** The ports carry traffic, or no longer. */
    void setActive(Server server, boolean isActive);

    /** Removes the ports that nova made, and lets the others go. */
    void disconnect(Server server);

    /** The server's addresses of all kinds, as texts. */
    List<String> addresses(Server server);

    /** Addresses by the name of the network, as a server shows them: fixed ones, then floating ones. */
    JsonObject view(Server server);

    /** Names of the security groups of the server's ports, each once. */
    List<String> groupNames(Server server);
}
