package org.openstack.oaktree.network;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerResponse;
import org.openstack.oaktree.compute.v1.ServerReach;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.Attachments.Led;
import org.openstack.oaktree.network.Attachments.Place;
import org.openstack.oaktree.network.Attachments.Source;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.resource.Cleanup;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.Location;

/**
 * Which floating IPs lead to servers. What a call names is reserved from its begin to its end, so that no clean-up deletes it. Safe for use
 * by many threads.
 */
public final class ServerFloatingIps implements Cleanup {
    private final ResourceAccess access;
    private final FloatingIps floatingIps;
    private final Reservations reservations;
    private final Attachments attachments;

    /** Takes from the project's floating IPs, or makes new ones by that. */
    public ServerFloatingIps(ResourceAccess access, Lists lists, FloatingIps floatingIps, Reservations reservations) {
        this.access = access;
        this.floatingIps = floatingIps;
        this.reservations = reservations;
        this.attachments = new Attachments(access, lists, floatingIps, reservations);
    }

    /** {@code AddIpsToServer}. */
    public AddIpsToServerResponse add(AddIpsToServerRequest request) {
        access.checkSubject(request);
        if (request.getFloatingIpsCount() > 0 && !request.getNetwork().isEmpty()) {
            throw OaktreeException.invalidField("network", "must not be set together with floating_ips");
        }
        if (request.getFloatingIpsCount() > 0 && request.getReuse()) {
            throw OaktreeException.invalidField("reuse", "must not be set together with floating_ips");
        }
        if (request.getFloatingIpsCount() > 1 && !request.getFixedIpAddress().isEmpty()) {
            throw OaktreeException.invalidField("fixed_ip_address", "takes one floating IP only");
        }
        Instant until = access.until(request);
        try (Reservations.Hold named = reservations.reserve(request.getFloatingIpsList())) {
            Cloud cloud = access.cloud(request);
            List<Led> led = led(cloud, (AddIpsToServerRequest) access.resolved(cloud, request));
            AddIpsToServerResponse.Builder response = AddIpsToServerResponse.newBuilder();
            for (Led one : led) {
                response.addFloatingIps(
                        request.getWait()
                                ? floatingIps.ready(cloud, one.floatingIp(), one.isNew(), until)
                                : one.floatingIp());
            }
            return response.build();
        }
    }

    private List<Led> led(Cloud cloud, AddIpsToServerRequest resolved) {
        Place place = new Place(resolved.getServer(), resolved.getFixedIpAddress(), resolved.getNatDestination());
        return resolved.getFloatingIpsCount() > 0
                ? attachments.lead(cloud, resolved.getFloatingIpsList(), place, new ArrayList<>())
                : attachments.some(
                        cloud,
                        resolved.getLocation(),
                        place,
                        new Source(resolved.getNetwork(), resolved.getReuse(), ""),
                        new ArrayList<>());
    }

    /** What no clean-up deletes until this is closed. */
    public interface Kept extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps these from every clean-up. */
    public Kept keep(Collection<String> addressesOrIds) {
        return reservations.reserve(addressesOrIds)::close;
    }

    /**
     * Leads floating IPs to a server as asked, and waits until they are ACTIVE. A new one is described so that {@link #undo} finds it.
     *
     * @param where the server is, without zone
     * @param reach with IDs for all references
     * @param ifPossible whether a server that none can lead to is left as it is
     * @param taken gets the ID of each that there was before and that this leads to the server, or tries to
     */
    public void reach(
            Cloud cloud,
            Location where,
            String serverId,
            ServerReach reach,
            boolean ifPossible,
            Instant until,
            Collection<String> taken) {
        Place place = new Place(serverId, "", reach.getNatDestination());
        if (ifPossible && !attachments.canLead(cloud, place)) {
            return;
        }
        boolean reuse = !reach.hasReuseIps() || reach.getReuseIps();
        List<Led> led = reach.getIpsCount() > 0
                ? attachments.lead(cloud, reach.getIpsList(), place, taken)
                : attachments.some(cloud, where, place, new Source(reach.getIpPool(), reuse, madeFor(serverId)), taken);
        for (Led one : led) {
            floatingIps.ready(cloud, one.floatingIp(), one.isNew(), until);
        }
    }

    private static String madeFor(String serverId) {
        return "for server " + serverId;
    }

    /**
     * Takes back what {@link #reach} did: what it made is deleted, wherever it leads; what it took leads nowhere, unless it leads elsewhere.
     *
     * @param taken the IDs that it told
     * @param operation for which it happens
     * @throws OaktreeException when something could not be taken back, or nobody knows whether there is something
     */
    public void undo(Cloud cloud, String serverId, Collection<String> taken, String operation) {
        deleteMadeFor(cloud, serverId, operation);
        taken.forEach(id -> attachments.release(cloud, id, serverId, operation));
    }

    private void deleteMadeFor(Cloud cloud, String serverId, String operation) {
        String description = madeFor(serverId) + " (oaktree)";
        for (Message seen : access.list(cloud, new Param("description", description))) {
            FloatingIp listed = (FloatingIp) seen;
            String project = listed.getLocation().getProject().getId();
            // A cloud that does not know the filter lists them all.
            if (listed.getDescription().equals(description)
                    && project.equals(cloud.project().getId())) {
                try (Reservations.Hold own = reservations.turn(listed.getId())) {
                    access.delete(cloud, listed.getId(), Map.of(), operation);
                }
            }
        }
    }

    @Override
    public boolean isWanted(Message request) {
        return ((DeleteServerRequest) request).getDeleteIps();
    }

    @Override
    public void before(Cloud cloud, String id) {
        attachments.deleteAll(cloud, id, "DeleteServer");
    }

    /** {@code DetachIpFromServer}. */
    public DetachIpFromServerResponse detach(DetachIpFromServerRequest request) {
        access.checkSubject(request);
        if (request.getFloatingIp().isBlank()) {
            throw OaktreeException.invalidField("floating_ip", "must name the floating IP");
        }
        try (Reservations.Hold named = reservations.reserve(List.of(request.getFloatingIp()))) {
            Cloud cloud = access.cloud(request);
            DetachIpFromServerRequest resolved = (DetachIpFromServerRequest) access.resolved(cloud, request);
            return DetachIpFromServerResponse.newBuilder()
                    .setDetached(attachments.leadAway(cloud, resolved.getFloatingIp(), resolved.getServer()))
                    .build();
        }
    }
}
