package org.openstack.oaktree.compute;

import com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerReach;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.ServerFloatingIps;
import org.openstack.oaktree.resource.Completion;
import org.openstack.oaktree.resource.Followup;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.resource.Snapshot;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** Makes ACTIVE servers reachable, as a {@link ServerReach} says. Safe for use by many threads. */
public final class Reach implements Followup {
    /** Some clouds tell the addresses of a server a moment after it is ACTIVE. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration REST = Duration.ofSeconds(1);
    private static final String CREATE = "CreateServer";

    private final ResourceAccess servers;
    private final Completion completion;
    private final ServerFloatingIps floatingIps;

    /** Looks at servers by that, and has floating IPs led to them by the network's part. */
    public Reach(ResourceAccess servers, Completion completion, ServerFloatingIps floatingIps) {
        this.servers = servers;
        this.completion = completion;
        this.floatingIps = floatingIps;
    }

    @Override
    public boolean isWanted(Message request) {
        return ((WaitForServerRequest) request).hasReach();
    }

    @Override
    public Task begin(Message request) {
        WaitForServerRequest asked = (WaitForServerRequest) request;
        ServerReach reach = asked.getReach();
        check(reach);
        ServerFloatingIps.Kept named = floatingIps.keep(reach.getIpsList());
        return new Task() {
            @Override
            public void follow(Cloud cloud, String id, Instant until) {
                reach(cloud, asked.getLocation(), reach, id, until, new ArrayList<>());
            }

            @Override
            public void close() {
                named.close();
            }
        };
    }

    /** Keeps the floating IPs that are named from every clean-up. */
    ServerFloatingIps.Kept keep(ServerReach reach) {
        return floatingIps.keep(reach.getIpsList());
    }

    /**
     * Refuses what contradicts itself.
     *
     * @throws OaktreeException INVALID_FIELD
     */
    static void check(ServerReach reach) {
        if (reach.getIpsCount() > 0 && !reach.getIpPool().isEmpty()) {
            throw OaktreeException.invalidField("reach.ip_pool", "must not be set together with reach.ips");
        }
    }

    /**
     * Makes it reachable; it is ACTIVE.
     *
     * @param where the server is, without zone
     * @param reach with IDs for all references
     * @param taken gets the ID of each floating IP that there was before and that this leads to the server, or tries to
     * @throws OaktreeException WRONG_STATE when it has no address; what AddIpsToServer fails with
     */
    void reach(Cloud cloud, Location where, ServerReach reach, String id, Instant until, Collection<String> taken) {
        boolean isChosen = reach.getIpsCount() > 0 || !reach.getIpPool().isEmpty();
        boolean isAuto = !reach.hasAutoIp() || reach.getAutoIp();
        if (!isChosen && !isAuto) {
            return;
        }
        try {
            Call.current().withDeadline(until).<Server, RuntimeException>run(() -> {
                Server server = addressed(cloud, id, until);
                if (isChosen || needsFloatingIp(cloud, server)) {
                    floatingIps.reach(cloud, where, id, reach, !isChosen, until, taken);
                }
                return server;
            });
        } catch (OaktreeException e) {
            throw Instant.now().isBefore(until) ? e : timedOut(cloud, id, e);
        }
    }

    /** Whatever fails because the time is over. */
    private OaktreeException timedOut(Cloud cloud, String id, OaktreeException failure) {
        return servers.error(
                        cloud,
                        ErrorReason.ERROR_REASON_WAIT_TIMED_OUT,
                        "the time was over before server " + id + " could be made reachable: " + failure.getMessage())
                .resource("oaktree.compute.v1.Server", id)
                .cause(failure)
                .build();
    }

    private static boolean needsFloatingIp(Cloud cloud, Server server) {
        return server.getPublicV4().isEmpty()
                && !server.getPrivateV4().isEmpty()
                && !cloud.config().isPrivate()
                && ServerAddresses.needsAddressBook(cloud.config());
    }

    /** The server as it is when it has an address. */
    private Server addressed(Cloud cloud, String id, Instant until) {
        Instant patience = Instant.now().plus(PATIENCE);
        while (true) {
            // A cloud of several nodes may forget it for a moment.
            Optional<Server> server = seen(cloud, id);
            if (server.isPresent() && server.get().getAddressesCount() > 0) {
                return server.get();
            }
            Instant next = Instant.now().plus(REST);
            if (next.isAfter(patience)) {
                if (server.isEmpty()) {
                    throw gone(cloud, id);
                }
                throw servers.error(
                                cloud,
                                ErrorReason.ERROR_REASON_WRONG_STATE,
                                "server " + id + " is ACTIVE and has no address by which it could be reached")
                        .resource("oaktree.compute.v1.Server", id)
                        .build();
            }
            rest(until);
        }
    }

    /** For a while; what comes after {@code until} fails by the deadline of the call. */
    private static void rest(Instant until) {
        Duration left = Duration.between(Instant.now(), until);
        try {
            Thread.sleep(left.compareTo(REST) < 0 ? left : REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the call ended");
        }
    }

    /**
     * The server as it is now, with its addresses.
     *
     * @throws OaktreeException RESOURCE_NOT_FOUND
     */
    Server shown(Cloud cloud, String id) {
        return seen(cloud, id).orElseThrow(() -> gone(cloud, id));
    }

    private Optional<Server> seen(Cloud cloud, String id) {
        Instant now = Instant.now();
        return servers.byId(cloud, id).map(server -> {
            Snapshot one = new Snapshot(List.of(server), any -> ((Server) any).getId(), now);
            return completion.complete(cloud, one, now).resources(Server.class).getFirst();
        });
    }

    private OaktreeException gone(Cloud cloud, String id) {
        return servers.error(cloud, ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "server " + id + " is gone")
                .resource("oaktree.compute.v1.Server", id)
                .build();
    }

    /**
     * Deletes the floating IP that a CreateServer made for its server, and leads nowhere what it took. A server for which that cannot be done
     * must stay: they lead there, and so they are found.
     *
     * @param taken what {@link #reach} told
     */
    void undo(Cloud cloud, String id, Collection<String> taken) {
        floatingIps.undo(cloud, id, taken, CREATE);
    }
}
