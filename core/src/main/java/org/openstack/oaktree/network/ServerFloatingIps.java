package org.openstack.oaktree.network;

import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerResponse;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.Resources;

/** The calls about servers that only the network service is asked for: which floating IPs lead to them. Safe for use by many threads. */
public final class ServerFloatingIps {
    private final Resources resources;
    private final Attachments attachments;

    /** Takes from the project's floating IPs, or makes new ones by that. */
    public ServerFloatingIps(Resources resources, Lists lists, FloatingIps floatingIps, Reservations reservations) {
        this.resources = resources;
        this.attachments = new Attachments(resources, lists, floatingIps, reservations);
    }

    /** {@code AddIpsToServer}. */
    public AddIpsToServerResponse add(AddIpsToServerRequest request) {
        resources.checkSubject(request);
        if (request.getFloatingIpsCount() > 0 && !request.getNetwork().isEmpty()) {
            throw OaktreeException.invalidField("network", "must not be set together with floating_ips");
        }
        if (request.getFloatingIpsCount() > 1 && !request.getFixedIpAddress().isEmpty()) {
            throw OaktreeException.invalidField("fixed_ip_address", "takes one floating IP only");
        }
        Cloud cloud = resources.cloud(request);
        AddIpsToServerRequest resolved = (AddIpsToServerRequest) resources.resolve(cloud, request);
        Attachments.Place place =
                new Attachments.Place(resolved.getServer(), resolved.getFixedIpAddress(), resolved.getNatDestination());
        return AddIpsToServerResponse.newBuilder()
                .addAllFloatingIps(
                        resolved.getFloatingIpsCount() > 0
                                ? attachments.lead(cloud, resolved.getFloatingIpsList(), place)
                                : attachments.some(
                                        cloud,
                                        request.getLocation(),
                                        place,
                                        resolved.getNetwork(),
                                        resolved.getReuse()))
                .build();
    }

    /** {@code DetachIpFromServer}. */
    public DetachIpFromServerResponse detach(DetachIpFromServerRequest request) {
        resources.checkSubject(request);
        if (request.getFloatingIp().isBlank()) {
            throw OaktreeException.invalidField("floating_ip", "must name the floating IP");
        }
        Cloud cloud = resources.cloud(request);
        DetachIpFromServerRequest resolved = (DetachIpFromServerRequest) resources.resolve(cloud, request);
        return DetachIpFromServerResponse.newBuilder()
                .setDetached(attachments.leadAway(cloud, resolved.getFloatingIp(), resolved.getServer()))
                .build();
    }
}
