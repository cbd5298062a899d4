package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.cinder.Volume;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Schema;

/** {@code /servers/{id}/os-volume_attachments}. */
final class VolumeAttachmentApi {
    private static final String PATH = "/v2.1/servers/{id}/os-volume_attachments";

    private final Compute compute;
    private final ServerVolumes volumes;

    VolumeAttachmentApi(Compute compute, ServerVolumes volumes) {
        this.compute = compute;
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("GET", PATH, this::list)
                .add("POST", PATH, this::attach)
                .add("GET", PATH + "/{volume_id}", this::show)
                .add("DELETE", PATH + "/{volume_id}", this::detach);
    }

    private Answer list(Call call) {
        Server server = find(call);
        List<JsonObject> views = server.attachments.stream()
                .map(attachment -> view(call.version(), server, attachment))
                .toList();
        return Answer.json(200, JsonObject.of("volumeAttachments", views));
    }

    private Answer show(Call call) {
        Server server = find(call);
        return Answer.json(
                200, JsonObject.of("volumeAttachment", view(call.version(), server, attachment(call, server))));
    }

    private Answer attach(Call call) {
        Schema.ObjectSchema wish = Schema.object()
                .must("volumeId", Schema.text(36, 36))
                .may("device", Schema.text(0, 255).orNull());
        if (call.version().has(49)) {
            wish.may("tag", Schema.text(1, 60));
        }
        if (call.version().has(79)) {
            wish.may("delete_on_termination", Schema.flag());
        }
        Schema.object().must("volumeAttachment", wish).check("", call.json());
        Server server = find(call);
        JsonObject wanted = call.jsonObject().object("volumeAttachment");
        Volume volume = volumes.requireFree(call.caller(), wanted.text("volumeId"));
        Server.Attachment attachment = volumes.attach(
                server,
                volume,
                wanted.text("device"),
                wanted.get("tag") instanceof String tag ? tag : null,
                wanted.flag("delete_on_termination", false));
        JsonObject view = JsonObject.of("id", attachment.volumeId())
                .put("serverId", server.id)
                .put("volumeId", attachment.volumeId())
                .put("device", attachment.device())
                .putIf(call.version().has(70), "tag", attachment.tag())
                .putIf(call.version().has(79), "delete_on_termination", attachment.deletesVolume());
        return Answer.json(200, JsonObject.of("volumeAttachment", view));
    }

    private Answer detach(Call call) {
        Server server = find(call);
        Server.Attachment attachment = attachment(call, server);
        if (attachment.device().equals(server.rootDevice)) {
            throw new ApiException(403, "Cannot detach a root device volume");
        }
        volumes.detach(server, attachment);
        return Answer.empty(202);
    }

    private static Server.Attachment attachment(Call call, Server server) {
        String volumeId = call.variable("volume_id");
        return server.attachments.stream()
                .filter(found -> found.volumeId().equals(volumeId))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(404, "Instance " + server.id + " is not attached to volume " + volumeId));
    }

    private static JsonObject view(Microversion version, Server server, Server.Attachment attachment) {
        return JsonObject.of()
                .putIf(!version.has(89), "id", attachment.volumeId())
                .put("volumeId", attachment.volumeId())
                .put("serverId", server.id)
                .put("device", attachment.device())
                .putIf(version.has(70), "tag", attachment.tag())
                .putIf(version.has(79), "delete_on_termination", attachment.deletesVolume())
                .putIf(version.has(89), "attachment_id", attachment.attachmentId())
                .putIf(version.has(89), "bdm_uuid", attachment.mappingId());
    }

    private Server find(Call call) {
        String id = call.variable("id");
        return compute.server(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance " + id + " could not be found."));
    }
}
