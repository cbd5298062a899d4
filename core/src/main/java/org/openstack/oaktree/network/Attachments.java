package org.openstack.oaktree.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.FloatingTargets.Target;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** Leads floating IPs to servers, and away: each, and each address of a server, by one call at a time. Safe for use by many threads. */
final class Attachments {
    private static final String ATTACH = "AddIpsToServer";
    private static final String DETACH = "DetachIpFromServer";

    private final ResourceAccess access;
    private final FloatingIps floatingIps;
    private final CloudNetworks networks;
    private final FloatingTargets targets;
    private final Reservations reservations;

    /** Takes from the project's floating IPs, or makes new ones by that. */
    Attachments(ResourceAccess access, Lists lists, FloatingIps floatingIps, Reservations reservations) {
        this.access = access;
        this.floatingIps = floatingIps;
        this.networks = new CloudNetworks(lists);
        this.targets = new FloatingTargets(lists, networks);
        this.reservations = reservations;
    }

    /**
     * Where in a server floating IPs shall lead.
     *
     * @param serverId the server
     * @param fixedAddress one of its addresses; empty: oaktree chooses
     * @param natDestination ID of a network; empty: oaktree chooses
     */
    record Place(String serverId, String fixedAddress, String natDestination) {
        /** What must not be chosen twice: any address of the server. */
        String turn() {
            return serverId;
        }
    }

    /**
     * Where a floating IP for a server comes from.
     *
     * @param networkId to take it from; empty: the cloud's own
     * @param reuse take one that leads nowhere rather than a new one
     * @param description of a new one
     */
    record Source(String networkId, boolean reuse, String description) {}

    /**
     * A floating IP that leads to a server.
     *
     * @param isNew whether this call made it
     */
    record Led(FloatingIp floatingIp, boolean isNew) {}

    /** The ports of a server that a call is about, and the floating IPs that lead to them. */
    private record Present(List<Port> ports, List<FloatingIp> floatingIps) {}

    private Present present(Cloud cloud, Place place) {
        List<Port> ports = targets.ports(cloud, place.serverId());
        if (!place.fixedAddress().isEmpty()) {
            String port = target(cloud, place, ports).portId();
            List<FloatingIp> leading = leadingTo(cloud, Set.of(port)).stream()
                    .filter(floatingIp -> floatingIp.getFixedIpAddress().equals(place.fixedAddress()))
                    .toList();
            return new Present(ports, leading);
        }
        return new Present(
                ports, leadingTo(cloud, ports.stream().map(Port::getId).toList()));
    }

    private List<FloatingIp> leadingTo(Cloud cloud, Collection<String> ports) {
        Param[] any = ports.stream().map(port -> new Param("port_id", port)).toArray(Param[]::new);
        return any.length == 0 ? List.of() : list(cloud, any);
    }

    private Target target(Cloud cloud, Place place, List<Port> ports) {
        return targets.in(cloud, place.serverId(), ports, place.fixedAddress(), place.natDestination());
    }

    /**
     * Leads these to the server: each to an address of it that has none, if it does not lead there yet.
     *
     * @param taken gets the ID of each that did not lead there, before that is tried
     */
    List<Led> lead(Cloud cloud, List<String> ids, Place place, Collection<String> taken) {
        List<Led> led = new ArrayList<>();
        try (Reservations.Hold addresses = reservations.turn(place.turn())) {
            Present present = present(cloud, place);
            List<FloatingIp> leading = new ArrayList<>(present.floatingIps());
            for (String id : ids) {
                // Who is deleted while somebody waits for his turn is not found then.
                try (Reservations.Hold own = reservations.turn(id)) {
                    Optional<FloatingIp> known = leading.stream()
                            .filter(floatingIp -> floatingIp.getId().equals(id))
                            .findFirst();
                    if (known.isEmpty()) {
                        Target free = free(cloud, place, new Present(present.ports(), leading));
                        taken.add(id);
                        leading.add(attach(cloud, id, free, Map.of()));
                    }
                    led.add(new Led(known.orElseGet(leading::getLast), false));
                }
            }
        }
        return led;
    }

    private Target free(Cloud cloud, Place place, Present present) {
        if (!place.fixedAddress().isEmpty()) {
            return target(cloud, place, present.ports());
        }
        Set<Target> taken = present.floatingIps().stream()
                .map(floatingIp -> new Target(floatingIp.getPortId(), floatingIp.getFixedIpAddress()))
                .collect(Collectors.toSet());
        List<Target> own = targets.all(cloud, place.serverId(), present.ports(), "", place.natDestination());
        return own.stream()
                .filter(target -> !taken.contains(target))
                .findFirst()
                // The cloud has the last word, and the better ones.
                .orElse(own.getFirst());
    }

    /** Whether the cloud has floating IPs, and the server an address that they could lead to. */
    boolean canLead(Cloud cloud, Place place) {
        return networks.natSource(cloud).isPresent()
                && targets.isThere(cloud, targets.ports(cloud, place.serverId()), place.natDestination());
    }

    /**
     * The floating IPs of the server; if there is none it gets one.
     *
     * @param taken gets the ID of the one that it gets if that is not a new one, before that is tried
     */
    List<Led> some(Cloud cloud, Location where, Place place, Source source, Collection<String> taken) {
        try (Reservations.Hold addresses = reservations.turn(place.turn())) {
            Present present = present(cloud, place);
            if (!present.floatingIps().isEmpty()) {
                return present.floatingIps().stream()
                        .map(floatingIp -> new Led(floatingIp, false))
                        .toList();
            }
            Target target = target(cloud, place, present.ports());
            Optional<FloatingIp> reused =
                    source.reuse() ? reuse(cloud, source.networkId(), target, taken) : Optional.empty();
            return List.of(reused.map(floatingIp -> new Led(floatingIp, false))
                    .orElseGet(() -> new Led(
                            floatingIps.create(where, source.networkId(), target, source.description()), true)));
        }
    }

    /**
     * Deletes every floating IP that leads to the server.
     *
     * @throws OaktreeException when one could not be deleted; those before it are gone
     */
    void deleteAll(Cloud cloud, String serverId, String operation) {
        List<String> ports =
                targets.ports(cloud, serverId).stream().map(Port::getId).toList();
        for (FloatingIp leading : leadingTo(cloud, ports)) {
            try (Reservations.Hold own = reservations.turn(leading.getId())) {
                deleteIfStillLeadsTo(cloud, leading, ports, operation);
            }
        }
    }

    /** Another may have led it elsewhere since it was seen: then it stays. */
    private void deleteIfStillLeadsTo(Cloud cloud, FloatingIp seen, List<String> ports, String operation) {
        FloatingIp now = seen;
        if (!seen.hasRevisionNumber()) {
            // No condition protects it: it must not have been led elsewhere before this call's turn.
            Optional<FloatingIp> fresh = access.byId(cloud, seen.getId()).map(FloatingIp.class::cast);
            if (fresh.isEmpty() || !ports.contains(fresh.get().getPortId())) {
                return;
            }
        }
        while (true) {
            try {
                access.delete(cloud, now.getId(), ifUnchanged(now), operation);
                return;
            } catch (OaktreeException e) {
                Optional<FloatingIp> changed = e.httpStatus() == 412
                        ? access.byId(cloud, now.getId()).map(FloatingIp.class::cast)
                        : Optional.of(now);
                if (changed.isEmpty() || !ports.contains(changed.get().getPortId())) {
                    return;
                }
                if (changed.get().equals(now)) {
                    throw e;
                }
                now = changed.get();
            }
        }
    }

    /** Takes the first that nobody is faster to take. */
    private Optional<FloatingIp> reuse(Cloud cloud, String networkId, Target target, Collection<String> taken) {
        String network = networkId.isEmpty() ? floatingIps.source(cloud).getId() : networkId;
        for (FloatingIp candidate : list(cloud)) {
            if (!isFree(cloud, candidate, network)) {
                continue;
            }
            Optional<Reservations.Hold> turn = reservations.tryTurn(candidate.getId(), Acquisition.texts(candidate));
            if (turn.isEmpty()) {
                continue;
            }
            taken.add(candidate.getId());
            try (Reservations.Hold own = turn.get()) {
                return Optional.of(attach(cloud, candidate.getId(), target, ifUnchanged(candidate)));
            } catch (OaktreeException e) {
                if (!isAnothers(cloud, candidate, e)) {
                    throw e;
                }
                taken.remove(candidate.getId());
            }
        }
        return Optional.empty();
    }

    /** Whether it is the project's own, of that network, and leads nowhere. */
    static boolean isFree(Cloud cloud, FloatingIp candidate, String network) {
        return !candidate.getIsAttached()
                && candidate.getNetworkId().equals(network)
                && candidate
                        .getLocation()
                        .getProject()
                        .getId()
                        .equals(cloud.project().getId());
    }

    /** Whether it could not be taken because it changed, or is gone, and not because of where it was to lead. */
    private boolean isAnothers(Cloud cloud, FloatingIp candidate, OaktreeException refused) {
        return refused.httpStatus() == 412
                || (refused.httpStatus() == 404
                        && access.byId(cloud, candidate.getId()).isEmpty());
    }

    /** The condition that it is as it was seen, where the cloud counts changes. */
    static Map<String, String> ifUnchanged(FloatingIp seen) {
        return seen.hasRevisionNumber() ? Map.of("If-Match", "revision_number=" + seen.getRevisionNumber()) : Map.of();
    }

    private FloatingIp attach(Cloud cloud, String id, Target target, Map<String, String> headers) {
        return (FloatingIp) access.change(
                cloud,
                id,
                Map.of("port_id", target.portId(), "fixed_ip_address", target.fixedAddress()),
                headers,
                ATTACH);
    }

    /** Leads it nowhere; false: it did not lead to the server. */
    boolean leadAway(Cloud cloud, String id, String serverId) {
        try (Reservations.Hold own = reservations.turn(id)) {
            FloatingIp floatingIp = (FloatingIp) access.byId(cloud, id)
                    .orElseThrow(() -> access.error(
                                    cloud,
                                    ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                                    "floating ip " + id + " is gone")
                            .build());
            return leadAway(cloud, floatingIp, serverId, DETACH);
        }
    }

    /** Leads it nowhere if it is there and leads to the server. */
    void release(Cloud cloud, String id, String serverId, String operation) {
        try (Reservations.Hold own = reservations.turn(id)) {
            access.byId(cloud, id).ifPresent(there -> leadAway(cloud, (FloatingIp) there, serverId, operation));
        }
    }

    private boolean leadAway(Cloud cloud, FloatingIp floatingIp, String serverId, String operation) {
        boolean leads = floatingIp.getIsAttached()
                && targets.ports(cloud, serverId).stream()
                        .anyMatch(port -> port.getId().equals(floatingIp.getPortId()));
        if (leads) {
            Map<String, @Nullable Object> nowhere = new HashMap<>();
            nowhere.put("port_id", null);
            access.change(cloud, floatingIp.getId(), nowhere, Map.of(), operation);
        }
        return leads;
    }

    private List<FloatingIp> list(Cloud cloud, Param... narrowed) {
        return access.list(cloud, narrowed).stream().map(FloatingIp.class::cast).toList();
    }
}
