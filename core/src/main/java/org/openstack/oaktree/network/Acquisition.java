package org.openstack.oaktree.network;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.network.v1.AcquireFloatingIpRequest;
import org.openstack.oaktree.network.v1.AcquireFloatingIpResponse;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.resource.Signature;

/** Hands out floating IPs that lead nowhere, each to one caller. Safe for use by many threads. */
final class Acquisition {
    private final ResourceAccess access;
    private final Reservations reservations;
    private final Function<Cloud, Network> source;
    private final Function<CreateFloatingIpRequest, CreateFloatingIpResponse> creation;

    /**
     * Takes what nobody has reserved.
     *
     * @param source the network of a cloud where nobody says which
     * @param creation makes a new one
     */
    Acquisition(
            ResourceAccess access,
            Reservations reservations,
            Function<Cloud, Network> source,
            Function<CreateFloatingIpRequest, CreateFloatingIpResponse> creation) {
        this.access = access;
        this.reservations = reservations;
        this.source = source;
        this.creation = creation;
    }

    AcquireFloatingIpResponse acquire(AcquireFloatingIpRequest request) {
        Cloud cloud = access.placeOfNew(request);
        AcquireFloatingIpRequest resolved = (AcquireFloatingIpRequest) access.resolved(cloud, request);
        String network = resolved.getNetwork().isEmpty() ? source.apply(cloud).getId() : resolved.getNetwork();
        String caller = request.getRequestId().isEmpty() ? "" : cloud.scope() + " " + request.getRequestId();
        return access.inTurn(cloud, request.getRequestId(), () -> {
            List<FloatingIp> all =
                    access.list(cloud).stream().map(FloatingIp.class::cast).toList();
            boolean isMade = all.stream().anyMatch(known -> isMadeBy(request.getRequestId(), known));
            Optional<FloatingIp> free = isMade
                    ? Optional.empty()
                    : all.stream()
                            .filter(candidate -> Attachments.isFree(cloud, candidate, network))
                            .sorted(Comparator.comparing(
                                    candidate -> !reservations.isLeasedTo(candidate.getId(), caller)))
                            .filter(candidate ->
                                    reservations.lease(candidate.getId(), candidate.getFloatingIpAddress(), caller))
                            .findFirst();
            return free.map(found -> AcquireFloatingIpResponse.newBuilder()
                            .setFloatingIp(found)
                            .build())
                    .orElseGet(() -> made(request, network, caller));
        });
    }

    private static boolean isMadeBy(String requestId, FloatingIp known) {
        return !requestId.isEmpty()
                && Signature.read(known.getDescription())
                        .filter(signature -> signature.id().equals(requestId))
                        .isPresent();
    }

    private AcquireFloatingIpResponse made(AcquireFloatingIpRequest request, String network, String caller) {
        CreateFloatingIpResponse made = creation.apply(CreateFloatingIpRequest.newBuilder()
                .setLocation(request.getLocation())
                .setRequestId(request.getRequestId())
                .setNetwork(network)
                .build());
        FloatingIp floatingIp = made.getFloatingIp();
        reservations.lease(floatingIp.getId(), floatingIp.getFloatingIpAddress(), caller);
        return AcquireFloatingIpResponse.newBuilder()
                .setFloatingIp(floatingIp)
                .setCreated(made.getCreated())
                .build();
    }
}
