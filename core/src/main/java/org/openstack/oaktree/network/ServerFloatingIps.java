package org.openstack.oaktree.network;

import java.time.Instant;
import java.util.List;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerResponse;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.Attachments.Led;
import org.openstack.oaktree.network.Attachments.Place;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceAccess;

/**
 * Which floating IPs lead to servers. What a call names is reserved from its begin to its end, so that no clean-up deletes it. Safe for use
 * by many threads.
 */
public final class ServerFloatingIps {
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
                ? attachments.lead(cloud, resolved.getFloatingIpsList(), place)
                : attachments.some(cloud, resolved.getLocation(), place, resolved.getNetwork(), resolved.getReuse());
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
