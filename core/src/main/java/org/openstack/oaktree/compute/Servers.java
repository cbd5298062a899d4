package org.openstack.oaktree.compute;

import com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataRequest;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataResponse;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.SetServerMetadataRequest;
import org.openstack.oaktree.compute.v1.SetServerMetadataResponse;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.ServerFloatingIps;
import org.openstack.oaktree.resource.Completion;
import org.openstack.oaktree.resource.Creation;
import org.openstack.oaktree.resource.Creation.Created;
import org.openstack.oaktree.resource.Draft;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.resource.Snapshot;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** What is irregular about servers: their creation, single entries of their metadata, and what leads to them. Safe for use by many threads. */
public final class Servers {
    private static final Duration TIME_TO_UNDO = Duration.ofMinutes(1);

    private final Creation creation;
    private final ResourceAccess access;
    private final Completion completion;
    private final Reach reach;
    private final ServerMetadata metadata;
    private final ServerFloatingIps floatingIps;
    private final BlockDevices devices;

    /** Creates by that, completes what it shows, makes it reachable, and has floating IPs led to servers by the network's part. */
    public Servers(
            Creation creation,
            ResourceAccess servers,
            ResourceAccess volumes,
            Completion completion,
            Reach reach,
            ServerFloatingIps floatingIps) {
        this.creation = creation;
        this.access = servers;
        this.completion = completion;
        this.reach = reach;
        this.metadata = new ServerMetadata(servers);
        this.floatingIps = floatingIps;
        this.devices = new BlockDevices(servers, volumes);
    }

    /** {@code CreateServer}. */
    public CreateServerResponse createServer(CreateServerRequest request) {
        check(request);
        Instant until = access.until(request);
        try (ServerFloatingIps.Kept named = reach.keep(request.getReach())) {
            Created created = creation.create(
                    request,
                    Servers::add,
                    (cloud, resolved, id, failure) ->
                            undone(cloud, (CreateServerRequest) resolved, id, List.of(), failure));
            return CreateServerResponse.newBuilder()
                    .setServer(settled(created, until))
                    .setCreated(created.isNew())
                    .setAdminPassword(Objects.toString(created.answer().get("adminPass"), ""))
                    .build();
        }
    }

    private Server settled(Created created, Instant until) {
        CreateServerRequest request = (CreateServerRequest) created.request();
        Server accepted = (Server) created.resource();
        if (!request.getWait()) {
            return accepted;
        }
        if (!request.hasReach()) {
            Snapshot shown =
                    new Snapshot(List.of(accepted), (Message server) -> ((Server) server).getId(), created.asOf());
            return orStays(
                    accepted.getId(),
                    () -> completion
                            .complete(created.cloud(), shown, created.asOf())
                            .resources(Server.class)
                            .getFirst());
        }
        return reached(created, request, accepted.getId(), until);
    }

    private Server reached(Created created, CreateServerRequest request, String id, Instant until) {
        Cloud cloud = created.cloud();
        Location where = request.getLocation().toBuilder().clearZone().build();
        List<String> taken = new ArrayList<>();
        try {
            reach.reach(cloud, where, request.getReach(), id, until, taken);
        } catch (OaktreeException e) {
            if (!created.isNew() || e.reason() == ErrorReason.ERROR_REASON_WAIT_TIMED_OUT) {
                throw staying(id, e);
            }
            throw undone(cloud, request, id, taken, e);
        }
        return orStays(id, () -> reach.shown(cloud, id));
    }

    /** The server as it is shown; one that cannot be shown is ready all the same. */
    private static Server orStays(String id, Supplier<Server> shown) {
        try {
            return shown.get();
        } catch (OaktreeException e) {
            throw staying(id, e);
        }
    }

    private static OaktreeException staying(String id, OaktreeException failure) {
        return failure.toBuilder()
                .message(failure.getMessage() + " Server " + id + " stays.")
                .build();
    }

    /** What a call made and that failed is taken away again: its floating IP, the server, its volume; what it took leads nowhere. */
    private OaktreeException undone(
            Cloud cloud, CreateServerRequest asked, String id, List<String> taken, OaktreeException failure) {
        if (BlockDevices.mustStay(asked)) {
            return failure.toBuilder()
                    .message(failure.getMessage() + " Its end would take volume " + asked.getBootVolume()
                            + " along: server " + id + " is left.")
                    .build();
        }
        return Call.current()
                .<OaktreeException>afterwards(TIME_TO_UNDO, () -> takenBack(cloud, asked, id, taken, failure));
    }

    private OaktreeException takenBack(
            Cloud cloud, CreateServerRequest asked, String id, List<String> taken, OaktreeException failure) {
        try {
            if (asked.hasReach()) {
                reach.undo(cloud, id, taken);
            }
        } catch (OaktreeException e) {
            return failure.toBuilder()
                    .message(failure.getMessage() + " It could not be undone (" + e.getMessage() + "): server " + id
                            + " is left, with its floating IP if there is one.")
                    .build();
        }
        return devices.undone(cloud, asked, id, failure);
    }

    /** {@code SetServerMetadata}. */
    public SetServerMetadataResponse setServerMetadata(SetServerMetadataRequest request) {
        return metadata.set(request);
    }

    /** {@code DeleteServerMetadata}. */
    public DeleteServerMetadataResponse deleteServerMetadata(DeleteServerMetadataRequest request) {
        return metadata.delete(request);
    }

    /** {@code AddIpsToServer}. */
    public AddIpsToServerResponse addIpsToServer(AddIpsToServerRequest request) {
        return floatingIps.add(request);
    }

    /** {@code DetachIpFromServer}. */
    public DetachIpFromServerResponse detachIpFromServer(DetachIpFromServerRequest request) {
        return floatingIps.detach(request);
    }

    private static void check(CreateServerRequest request) {
        BlockDevices.check(request);
        if (request.getFlavor().isBlank()) {
            throw OaktreeException.invalidField("flavor", "must name the flavor");
        }
        ServerNics.check(request);
        SchedulerHints.check(request.getSchedulerHints());
        if (request.hasReach()) {
            checkReach(request);
        }
    }

    private static void checkReach(CreateServerRequest request) {
        if (!request.getWait()) {
            throw OaktreeException.invalidField("reach", "needs wait: it is done when the server is ACTIVE");
        }
        if (request.getNoNetworks()) {
            throw OaktreeException.invalidField("reach", "must not be set together with no_networks");
        }
        Reach.check(request.getReach());
    }

    private static void add(Draft draft) {
        String zone = ((CreateServerRequest) draft.request()).getLocation().getZone();
        if (!zone.isEmpty()) {
            draft.members().put("availability_zone", zone);
        }
        ServerNics.add(draft);
        BlockDevices.add(draft);
    }
}
