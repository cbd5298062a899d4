package org.openstack.oaktree.simcloud.cinder;

import java.util.List;
import java.util.Map;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.Times;

/** Volumes as cinder shows them to this caller at this microversion. */
final class VolumeView {
    private VolumeView() {}

    static JsonObject brief(Call call, Volume volume) {
        return JsonObject.of("id", volume.id).put("name", volume.name).put("links", links(call, volume));
    }

    /** The whole volume as lists and its own page show it. */
    static JsonObject whole(Call call, Volume volume) {
        JsonObject view = start(call, volume);
        boolean isAdmin = call.caller().isAdmin();
        view.putIf(isAdmin, "migration_status", null).put("os-vol-tenant-attr:tenant_id", volume.projectId);
        if (isAdmin) {
            view.put("os-vol-mig-status-attr:migstat", null)
                    .put("os-vol-mig-status-attr:name_id", null)
                    .put("os-vol-host-attr:host", "sim@sim1#sim1");
        }
        return view.putIf(!volume.imageMetadata.isEmpty(), "volume_image_metadata", texts(volume.imageMetadata));
    }

    /** The volume as its creation answers it. */
    static JsonObject start(Call call, Volume volume) {
        Microversion version = call.version();
        return JsonObject.of("id", volume.id)
                .put("status", volume.status)
                .put("size", volume.sizeGib)
                .put("availability_zone", volume.zone)
                .put("created_at", Times.micros(volume.createdAt))
                .put("updated_at", Times.microsOrNull(volume.updatedAt))
                .put("name", volume.name)
                .put("description", volume.description)
                .put("volume_type", volume.type.name())
                .put("snapshot_id", volume.snapshotId)
                .put("source_volid", volume.sourceId)
                .put("metadata", texts(volume.metadata))
                .put("links", links(call, volume))
                .put("user_id", volume.userId)
                .put("bootable", volume.isBootable ? "true" : "false")
                .put("encrypted", false)
                .put("replication_status", null)
                .put("consistencygroup_id", null)
                .put("multiattach", volume.type.isMultiattach())
                .put("attachments", attachments(volume))
                .putIf(version.has(13), "group_id", null)
                .putIf(version.has(48), "shared_targets", false)
                .putIf(version.has(48), "service_uuid", Ids.fixedUuid("cinder-volume"))
                .putIf(version.has(61), "cluster_name", null)
                .remove(call.caller().isAdmin() ? "" : "cluster_name")
                .putIf(version.has(63), "volume_type_id", volume.type.id())
                .putIf(version.has(65), "consumes_quota", true);
    }

    static JsonObject texts(Map<String, String> texts) {
        JsonObject view = JsonObject.of();
        texts.forEach(view::put);
        return view;
    }

    private static List<JsonObject> attachments(Volume volume) {
        return volume.attachments.stream()
                .map(attachment -> JsonObject.of("id", volume.id)
                        .put("attachment_id", attachment.id())
                        .put("volume_id", volume.id)
                        .put("server_id", attachment.serverId())
                        .put("host_name", null)
                        .put("device", attachment.device())
                        .put("attached_at", Times.micros(attachment.attachedAt())))
                .toList();
    }

    private static List<JsonObject> links(Call call, Volume volume) {
        String path = "/" + call.caller().projectId() + "/volumes/" + volume.id;
        return List.of(
                JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v3" + path),
                JsonObject.of("rel", "bookmark").put("href", call.serviceUrl() + path));
    }
}
