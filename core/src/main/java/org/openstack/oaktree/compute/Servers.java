package org.openstack.oaktree.compute;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Objects;
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

/** What is irregular about servers: their creation, single entries of their metadata, and what leads to them. Safe for use by many threads. */
public final class Servers {
    private final Creation creation;
    private final Completion completion;
    private final ServerMetadata metadata;
    private final ServerFloatingIps floatingIps;
    private final BlockDevices devices;

    /** Creates by that, completes what it shows, and has floating IPs led to servers by the network's part. */
    public Servers(
            Creation creation,
            ResourceAccess servers,
            ResourceAccess volumes,
            Completion completion,
            ServerFloatingIps floatingIps) {
        this.creation = creation;
        this.completion = completion;
        this.metadata = new ServerMetadata(servers);
        this.floatingIps = floatingIps;
        this.devices = new BlockDevices(servers, volumes);
    }

    /** {@code CreateServer}. */
    public CreateServerResponse createServer(CreateServerRequest request) {
        check(request);
        Created created = creation.create(
                request,
                Servers::add,
                (cloud, resolved, id, failure) -> devices.undone(cloud, (CreateServerRequest) resolved, id, failure));
        Snapshot shown = new Snapshot(
                List.of((Server) created.resource()), (Message server) -> ((Server) server).getId(), created.asOf());
        boolean settled = request.getWait();
        Server server = settled
                ? completion
                        .complete(created.cloud(), shown, created.asOf())
                        .resources(Server.class)
                        .getFirst()
                : (Server) created.resource();
        return CreateServerResponse.newBuilder()
                .setServer(server)
                .setCreated(created.isNew())
                .setAdminPassword(Objects.toString(created.answer().get("adminPass"), ""))
                .build();
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
