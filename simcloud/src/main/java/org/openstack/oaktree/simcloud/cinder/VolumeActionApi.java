package org.openstack.oaktree.simcloud.cinder;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openstack.oaktree.simcloud.glance.Image;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code POST /volumes/{id}/action}. */
final class VolumeActionApi {
    private static final int MOST_CHARACTERS = 255;
    private static final List<String> DISK_FORMATS = List.of("raw", "vmdk", "vdi", "qcow2", "vhd", "vhdx", "ploop");

    private final Volumes volumes;

    VolumeActionApi(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("POST", "/v3/volumes/{id}/action", this::act);
    }

    private Answer act(Call call) {
        JsonObject body = call.jsonObject();
        if (body.isEmpty()) {
            throw new ApiException(400, "Malformed request body");
        }
        String name = body.names().iterator().next();
        JsonObject arguments = body.object(name);
        String id = call.variable("id");
        Volume volume = volumes.visible(id, call.caller()).orElseThrow(() -> Cinder.notFound("Volume", id));
        return switch (name) {
            case "os-extend" -> extend(volume, (int) arguments.number("new_size", 0));
            case "os-set_bootable" -> setBootable(volume, arguments.flag("bootable", true));
            case "os-volume_upload_image" -> uploadImage(volume, arguments);
            case "os-reset_status" -> resetStatus(call, volume, arguments.text("status"));
            default ->
                throw new ApiException(
                        400,
                        "There is no such action: " + name + ". Verify the request body and Content-Type header and try"
                                + " again.");
        };
    }

    private Answer extend(Volume volume, int size) {
        if (!volume.status.equals("available")) {
            throw new ApiException(
                    400, "Invalid volume: Volume " + volume.id + " status must be 'available' or 'in-use' to extend.");
        }
        if (size <= volume.sizeGib) {
            throw new ApiException(
                    400,
                    "Invalid input received: New size for extend must be greater than current size. (current: "
                            + volume.sizeGib + ", extended: " + size + ").");
        }
        volumes.task(volume, "extending", () -> {
            volume.sizeGib = size;
            volume.become("available", volumes.now());
        });
        return Answer.empty(202);
    }

    private Answer setBootable(Volume volume, boolean isBootable) {
        volume.isBootable = isBootable;
        volume.updatedAt = volumes.now();
        return Answer.empty(200);
    }

    /** As cinder is configured unless somebody changes it: {@code force} is ignored. */
    private Answer uploadImage(Volume volume, JsonObject arguments) {
        String name = arguments.text("image_name");
        if (name.isEmpty() || name.length() > MOST_CHARACTERS) {
            throw new ApiException(400, "Invalid input for field/attribute image_name. Value: " + name + ".");
        }
        String format = arguments.text("disk_format", "raw");
        if (!DISK_FORMATS.contains(format)) {
            throw new ApiException(
                    400,
                    "Invalid input for field/attribute disk_format. Value: " + format + ". '" + format
                            + "' is not one of " + Python.str(DISK_FORMATS));
        }
        if (!volume.status.equals("available")) {
            throw new ApiException(400, "Invalid volume: Volume " + volume.id + " status must be available");
        }
        Image image = volumes.images().add(Ids.uuid(), volume.projectId, name);
        image.attributes()
                .put("visibility", "private")
                .put("disk_format", format)
                .put("container_format", arguments.text("container_format", "bare"));
        volumes.task(volume, "uploading", () -> {
            volumes.images().arrive(image, ("what is on volume " + volume.id).getBytes(StandardCharsets.UTF_8));
            volume.become("available", volumes.now());
        });
        return Answer.json(
                202,
                JsonObject.of(
                        "os-volume_upload_image",
                        JsonObject.of("id", volume.id)
                                .put("status", volume.status)
                                .put("size", (long) volume.sizeGib)
                                .put("image_id", image.id())
                                .put("image_name", name)
                                .put("disk_format", format)
                                .put("container_format", image.attributes().text("container_format"))));
    }

    private Answer resetStatus(Call call, Volume volume, String status) {
        if (!call.caller().isAdmin()) {
            throw new ApiException(
                    403, "Policy doesn't allow volume_extension:volume_admin_actions:reset_status to be performed.");
        }
        volume.become(status, volumes.now());
        return Answer.empty(202);
    }
}
