package org.openstack.oaktree.network;

import java.util.ArrayList;
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
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.Resources;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** Leads floating IPs to servers, and away. Every one is reserved from its choice to the end of the call. Safe for use by many threads. */
final class Attachments {
    private static final String MESSAGE = "oaktree.network.v1.FloatingIp";
    private static final String ATTACH = "AddIpsToServer";
    private static final String DETACH = "DetachIpFromServer";

    private final Resources resources;
    private final FloatingIps floatingIps;
    private final FloatingTargets targets;
    private final CloudNetworks networks;
    private final Reservations reservations;

    /** Takes from the project's floating IPs, or makes new ones by that. */
    Attachments(Resources resources, Lists lists, FloatingIps floatingIps, Reservations reservations) {
        this.resources = resources;
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
    record Place(String serverId, String fixedAddress, String natDestination) {}

    /** Leads these to the server: each to an address of it that has none, if it does not lead to the server yet. */
    List<FloatingIp> lead(Cloud cloud, List<String> ids, Place place) {
        List<FloatingIp> led = new ArrayList<>();
        for (String id : ids) {
            // Who is deleted while somebody waits for him is not found then.
            try (Reservations.Hold own = reservations.hold(id);
                    Reservations.Hold addresses = reservations.hold(place(place))) {
                led.add(lead(cloud, id, place));
            }
        }
        return led;
    }

    /** What must not be chosen twice: an address that is said, else any of the server. */
    private static String place(Place place) {
        return place.serverId() + " " + place.fixedAddress();
    }

    private FloatingIp lead(Cloud cloud, String id, Place place) {
        if (!place.fixedAddress().isEmpty()) {
            Target target = targets.in(cloud, place.serverId(), place.fixedAddress(), place.natDestination());
            return attach(cloud, id, target, Map.of());
        }
        List<FloatingIp> all = list(cloud);
        Set<String> ports = ports(cloud, place.serverId());
        for (FloatingIp known : all) {
            if (known.getId().equals(id) && ports.contains(known.getPortId())) {
                return known;
            }
        }
        return attach(cloud, id, free(cloud, all, place), Map.of());
    }

    private Target free(Cloud cloud, List<FloatingIp> all, Place place) {
        Set<Target> taken = all.stream()
                .map(floatingIp -> new Target(floatingIp.getPortId(), floatingIp.getFixedIpAddress()))
                .collect(Collectors.toSet());
        List<Target> own = targets.all(cloud, place.serverId(), place.fixedAddress(), place.natDestination());
        return own.stream()
                .filter(target -> !taken.contains(target))
                .findFirst()
                // The cloud has the last word, and the better ones.
                .orElse(own.getFirst());
    }

    /**
     * The floating IPs of the server; if there is none it gets one.
     *
     * @param networkId to take it from; empty: the cloud's own
     * @param reuse take one that leads nowhere rather than a new one
     */
    List<FloatingIp> some(Cloud cloud, Location where, Place place, String networkId, boolean reuse) {
        try (Reservations.Hold server = reservations.hold(place(place))) {
            List<FloatingIp> all = list(cloud);
            Set<String> ports = ports(cloud, place.serverId());
            List<FloatingIp> own = all.stream()
                    .filter(floatingIp -> ports.contains(floatingIp.getPortId()))
                    .filter(floatingIp -> place.fixedAddress().isEmpty()
                            || floatingIp.getFixedIpAddress().equals(place.fixedAddress()))
                    .toList();
            if (!own.isEmpty()) {
                return own;
            }
            Target target = targets.in(cloud, place.serverId(), place.fixedAddress(), place.natDestination());
            Optional<FloatingIp> reused = reuse ? reuse(cloud, all, networkId, target) : Optional.empty();
            return List.of(reused.orElseGet(() -> floatingIps
                    .createFloatingIp(CreateFloatingIpRequest.newBuilder()
                            .setLocation(where)
                            .setNetwork(networkId)
                            .setPort(target.portId())
                            .setFixedIpAddress(target.fixedAddress())
                            .build())
                    .getFloatingIp()));
        }
    }

    /** Takes the first that nobody is faster to take. */
    private Optional<FloatingIp> reuse(Cloud cloud, List<FloatingIp> all, String networkId, Target target) {
        String network = networkId.isEmpty() ? floatingIps.source(cloud).getId() : networkId;
        for (FloatingIp candidate : all) {
            boolean fits = !candidate.getIsAttached()
                    && candidate.getNetworkId().equals(network)
                    && candidate
                            .getLocation()
                            .getProject()
                            .getId()
                            .equals(cloud.project().getId());
            Optional<Reservations.Hold> hold = fits ? reservations.tryHold(candidate.getId()) : Optional.empty();
            if (hold.isEmpty()) {
                continue;
            }
            try (Reservations.Hold own = hold.get()) {
                return Optional.of(attach(cloud, candidate.getId(), target, ifUnchanged(candidate)));
            } catch (OaktreeException e) {
                // It is gone, or another's by now.
                if (e.httpStatus() != 404 && e.httpStatus() != 412) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    /** The condition that it is as it was seen, where the cloud counts changes. */
    static Map<String, String> ifUnchanged(FloatingIp seen) {
        return seen.hasRevisionNumber() ? Map.of("If-Match", "revision_number=" + seen.getRevisionNumber()) : Map.of();
    }

    private FloatingIp attach(Cloud cloud, String id, Target target, Map<String, String> headers) {
        return (FloatingIp) resources.change(
                cloud,
                MESSAGE,
                id,
                Map.of("port_id", target.portId(), "fixed_ip_address", target.fixedAddress()),
                headers,
                ATTACH);
    }

    /** Leads it nowhere; false: it did not lead to the server. */
    boolean leadAway(Cloud cloud, String id, String serverId) {
        try (Reservations.Hold own = reservations.hold(id)) {
            FloatingIp floatingIp = (FloatingIp) resources
                    .now(cloud, MESSAGE, id)
                    .orElseThrow(() -> OaktreeException.of(
                                    ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "floating ip " + id + " is gone")
                            .place(cloud.config().name(), cloud.config().region())
                            .service("network")
                            .resource(MESSAGE, id)
                            .build());
            if (!ports(cloud, serverId).contains(floatingIp.getPortId())) {
                return false;
            }
            Map<String, @Nullable Object> nowhere = new HashMap<>();
            nowhere.put("port_id", null);
            resources.change(cloud, MESSAGE, id, nowhere, Map.of(), DETACH);
            return true;
        }
    }

    private List<FloatingIp> list(Cloud cloud) {
        return resources.now(cloud, MESSAGE).stream()
                .map(FloatingIp.class::cast)
                .toList();
    }

    private Set<String> ports(Cloud cloud, String serverId) {
        return resources.now(cloud, "oaktree.network.v1.Port", new Param("device_id", serverId)).stream()
                .map(port -> ((Port) port).getId())
                .collect(Collectors.toSet());
    }
}
