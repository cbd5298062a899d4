package org.openstack.oaktree.network;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.Map;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.FloatingTargets.Target;
import org.openstack.oaktree.network.v1.AcquireFloatingIpRequest;
import org.openstack.oaktree.network.v1.AcquireFloatingIpResponse;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.resource.Creation;
import org.openstack.oaktree.resource.Creation.Created;
import org.openstack.oaktree.resource.Draft;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** What is irregular about floating IPs: where they come from, and where they lead to. Safe for use by many threads. */
public final class FloatingIps {
    /** What neutron keeps of a description, less the longest mark of oaktree's. */
    private static final int LONGEST_DESCRIPTION = 190;

    private final Creation creation;
    private final ResourceAccess access;
    private final CloudNetworks networks;
    private final FloatingTargets targets;
    private final Orphans orphans;
    private final Acquisition acquisition;

    /** Creates by that, looks for networks and ports in these lists, and deletes what nobody has reserved. */
    public FloatingIps(Creation creation, Lists lists, ResourceAccess access, Reservations reservations) {
        this.creation = creation;
        this.access = access;
        this.networks = new CloudNetworks(lists);
        this.targets = new FloatingTargets(lists, networks);
        this.orphans = new Orphans(access, reservations);
        this.acquisition = new Acquisition(access, reservations, this::source, this::createFloatingIp);
    }

    /** {@code CreateFloatingIp}. */
    public CreateFloatingIpResponse createFloatingIp(CreateFloatingIpRequest request) {
        check(request);
        boolean leads = !request.getServer().isEmpty() || !request.getPort().isEmpty();
        // What leads nowhere never becomes ACTIVE.
        CreateFloatingIpRequest wanted =
                leads ? request : request.toBuilder().clearWait().build();
        Created created = creation.create(wanted, this::complete);
        return CreateFloatingIpResponse.newBuilder()
                .setFloatingIp((FloatingIp) created.resource())
                .setCreated(created.isNew())
                .build();
    }

    /**
     * A new one that leads there.
     *
     * @param networkId to take it from; empty: the cloud's own
     * @param description before oaktree's mark
     */
    FloatingIp create(Location where, String networkId, Target target, String description) {
        CreateFloatingIpRequest request = CreateFloatingIpRequest.newBuilder()
                .setLocation(where)
                .setNetwork(networkId)
                .setDescription(description)
                .build();
        return (FloatingIp) creation.create(request, draft -> {
                    complete(draft);
                    lead(draft, target);
                })
                .resource();
    }

    /**
     * It when it is ACTIVE.
     *
     * @param isNew whether this call made it: then it is deleted when it fails
     */
    FloatingIp ready(Cloud cloud, FloatingIp floatingIp, boolean isNew, Instant until) {
        Message none = CreateFloatingIpRequest.getDefaultInstance();
        Created attached = new Created(cloud, none, floatingIp, isNew, Map.of(), Instant.now());
        return (FloatingIp) creation.ready(attached, until).resource();
    }

    /** {@code AcquireFloatingIp}. */
    public AcquireFloatingIpResponse acquireFloatingIp(AcquireFloatingIpRequest request) {
        return acquisition.acquire(request);
    }

    /** {@code DeleteUnattachedFloatingIps}. */
    public DeleteUnattachedFloatingIpsResponse deleteUnattachedFloatingIps(DeleteUnattachedFloatingIpsRequest request) {
        return orphans.delete(request);
    }

    private void complete(Draft draft) {
        CreateFloatingIpRequest request = (CreateFloatingIpRequest) draft.request();
        if (request.getNetwork().isEmpty()) {
            draft.members().put("floating_network_id", source(draft.cloud()).getId());
        }
        if (!request.getServer().isEmpty()) {
            Target target = targets.in(
                    draft.cloud(),
                    request.getServer(),
                    targets.ports(draft.cloud(), request.getServer()),
                    request.getFixedIpAddress(),
                    request.getNatDestination());
            lead(draft, target);
        }
    }

    private static void lead(Draft draft, Target target) {
        draft.members().put("port_id", target.portId());
        draft.members().put("fixed_ip_address", target.fixedAddress());
    }

    /** The network that floating IPs are taken from where nobody says. */
    Network source(Cloud cloud) {
        return networks.natSource(cloud)
                .orElseThrow(() -> access.error(
                                cloud,
                                ErrorReason.ERROR_REASON_FEATURE_MISSING,
                                "the project sees no external network that floating IPs could be taken from; name one"
                                        + " in network if there is one")
                        .build());
    }

    private static void check(CreateFloatingIpRequest request) {
        boolean server = !request.getServer().isEmpty();
        boolean port = !request.getPort().isEmpty();
        if (server && port) {
            throw OaktreeException.invalidField("port", "must not be set together with server");
        }
        if (!request.getFixedIpAddress().isEmpty() && !server && !port) {
            throw OaktreeException.invalidField("fixed_ip_address", "belongs to a server or port: name it too");
        }
        if (!request.getNatDestination().isEmpty() && !server) {
            throw OaktreeException.invalidField("nat_destination", "belongs to a server: name it too");
        }
        String description = request.getDescription();
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION) {
            throw OaktreeException.invalidField(
                    "description", "must have at most " + LONGEST_DESCRIPTION + " characters");
        }
    }
}
