package org.openstack.oaktree.network;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    /** Texts by which a floating IP may have been reserved besides its ID: its address, and the request that it is being made for. */
    static String[] texts(FloatingIp floatingIp) {
        return new String[] {
            floatingIp.getFloatingIpAddress(),
            Signature.read(floatingIp.getDescription())
                    .map(signature -> madeFor(signature.id()))
                    .orElse("")
        };
    }

    private static String madeFor(String requestId) {
        return "request " + requestId;
    }

    AcquireFloatingIpResponse acquire(AcquireFloatingIpRequest request) {
        Cloud cloud = access.placeOfNew(request);
        AcquireFloatingIpRequest resolved = (AcquireFloatingIpRequest) access.resolved(cloud, request);
        String network = resolved.getNetwork().isEmpty() ? source.apply(cloud).getId() : resolved.getNetwork();
        String caller = request.getRequestId().isEmpty() ? "" : cloud.scope() + " " + request.getRequestId();
        return access.inTurn(
                cloud,
                request.getRequestId(),
                () -> found(cloud, request, network, caller)
                        .map(found -> AcquireFloatingIpResponse.newBuilder()
                                .setFloatingIp(found)
                                .build())
                        .orElseGet(() -> made(request, network, caller)));
    }

    private Optional<FloatingIp> found(Cloud cloud, AcquireFloatingIpRequest request, String network, String caller) {
        List<FloatingIp> all =
                access.list(cloud).stream().map(FloatingIp.class::cast).toList();
        if (all.stream().anyMatch(known -> isMadeBy(request.getRequestId(), known))) {
            return Optional.empty();
        }
        return all.stream()
                .filter(candidate -> Attachments.isFree(cloud, candidate, network))
                .sorted(Comparator.comparing(candidate -> !reservations.isLeasedTo(candidate.getId(), caller)))
                .filter(candidate -> reservations.lease(candidate.getId(), caller, texts(candidate)))
                .flatMap(candidate -> stillFree(cloud, candidate, network).stream())
                .findFirst();
    }

    /** Between the list and the lease another call may have led it somewhere, or deleted it. */
    private Optional<FloatingIp> stillFree(Cloud cloud, FloatingIp leased, String network) {
        Optional<FloatingIp> now = Optional.empty();
        try {
            now = access.byId(cloud, leased.getId())
                    .map(FloatingIp.class::cast)
                    .filter(fresh -> Attachments.isFree(cloud, fresh, network));
            return now;
        } finally {
            if (now.isEmpty()) {
                reservations.release(leased.getId());
            }
        }
    }

    private static boolean isMadeBy(String requestId, FloatingIp known) {
        return !requestId.isEmpty()
                && Signature.read(known.getDescription())
                        .filter(signature -> signature.id().equals(requestId))
                        .isPresent();
    }

    /** With an ID also when the caller has none: nobody may take it between its POST and the lease. */
    private AcquireFloatingIpResponse made(AcquireFloatingIpRequest request, String network, String caller) {
        String requestId = request.getRequestId().isEmpty() ? UUID.randomUUID().toString() : request.getRequestId();
        try (Reservations.Hold mine = reservations.reserve(List.of(madeFor(requestId)))) {
            CreateFloatingIpResponse made = creation.apply(CreateFloatingIpRequest.newBuilder()
                    .setLocation(request.getLocation())
                    .setRequestId(requestId)
                    .setNetwork(network)
                    .build());
            FloatingIp floatingIp = made.getFloatingIp();
            reservations.keep(floatingIp.getId(), caller);
            return AcquireFloatingIpResponse.newBuilder()
                    .setFloatingIp(floatingIp)
                    .setCreated(made.getCreated())
                    .build();
        }
    }
}
