package org.openstack.oaktree.simcloud.cinder;

import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code POST /volumes/{id}/action}. */
final class VolumeActionApi {
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

    private Answer resetStatus(Call call, Volume volume, String status) {
        if (!call.caller().isAdmin()) {
            throw new ApiException(
                    403, "Policy doesn't allow volume_extension:volume_admin_actions:reset_status to be performed.");
        }
        volume.become(status, volumes.now());
        return Answer.empty(202);
    }
}
