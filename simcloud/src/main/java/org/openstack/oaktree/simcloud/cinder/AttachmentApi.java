package org.openstack.oaktree.simcloud.cinder;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code GET /attachments}, since 3.27; nova makes and ends them. */
final class AttachmentApi {
    private static final int SINCE = 27;

    private final Volumes volumes;

    AttachmentApi(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/attachments", this::list).add("GET", "/v3/attachments/detail", this::list);
    }

    private Answer list(Call call) {
        if (!call.version().has(SINCE)) {
            throw new ApiException(404, "The resource could not be found.");
        }
        List<JsonObject> views = volumes.volumes().stream()
                .filter(volume -> volume.projectId.equals(call.caller().projectId()))
                .filter(volume -> call.query().all("volume_id").allMatch(volume.id::equals))
                .flatMap(volume -> volume.attachments.stream()
                        .filter(attachment -> call.query().all("instance_id").allMatch(attachment.serverId()::equals))
                        .map(attachment -> JsonObject.of("id", attachment.id())
                                .put("status", "attached")
                                .put("instance", attachment.serverId())
                                .put("volume_id", volume.id)))
                .toList();
        return Answer.json(200, JsonObject.of("attachments", views));
    }
}
