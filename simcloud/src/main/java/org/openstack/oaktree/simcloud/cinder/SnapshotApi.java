package org.openstack.oaktree.simcloud.cinder;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Times;

/** {@code /snapshots}. */
final class SnapshotApi {
    private final Volumes volumes;
    private final int maxLimit;

    SnapshotApi(Volumes volumes, int maxLimit) {
        this.volumes = volumes;
        this.maxLimit = maxLimit;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/snapshots", call -> list(call, false))
                .add("GET", "/v3/snapshots/detail", call -> list(call, true))
                .add("POST", "/v3/snapshots", this::create)
                .add(
                        "GET",
                        "/v3/snapshots/{id}",
                        call -> Answer.json(200, JsonObject.of("snapshot", whole(find(call)))))
                .add("DELETE", "/v3/snapshots/{id}", this::delete);
    }

    private Answer list(Call call, boolean isDetailed) {
        CinderPage page = new CinderPage(call, maxLimit);
        List<Snapshot> fitting = volumes.snapshots().stream()
                .filter(snapshot -> snapshot.projectId.equals(call.caller().projectId()))
                .filter(snapshot -> call.query().all("volume_id").allMatch(snapshot.volumeId::equals))
                .filter(snapshot -> call.query().all("status").allMatch(snapshot.status::equals))
                .filter(snapshot -> call.query().all("name").allMatch(name -> name.equals(snapshot.name)))
                .toList();
        return Answer.json(
                200,
                page.answer(
                        "snapshots",
                        fitting,
                        snapshot -> snapshot.id,
                        snapshot -> isDetailed ? whole(snapshot) : start(snapshot),
                        "Snapshot"));
    }

    private Answer create(Call call) {
        Schema.object()
                .must(
                        "snapshot",
                        Schema.object().must("volume_id", Schema.text(36, 36)).open())
                .check("", call.json());
        JsonObject wanted = call.jsonObject().object("snapshot");
        String volumeId = wanted.text("volume_id");
        Volume volume = volumes.visible(volumeId, call.caller()).orElseThrow(() -> Cinder.notFound("Volume", volumeId));
        if (!volume.status.equals("available") && !wanted.flag("force", false)) {
            throw new ApiException(
                    400,
                    "Invalid volume: Volume " + volumeId + " status must be available, but current status is: "
                            + volume.status + ".");
        }
        long used = volumes.snapshots().stream()
                .filter(snapshot -> snapshot.projectId.equals(volume.projectId))
                .count();
        if (!volumes.quotas().allows("snapshots", used, 1)) {
            throw new ApiException(
                    413,
                    "SnapshotLimitExceeded: Maximum number of snapshots allowed ("
                            + volumes.quotas().limit("snapshots") + ") exceeded");
        }
        Snapshot snapshot = volumes.snapshot(volume);
        snapshot.name = wanted.get("name") instanceof String name ? name : null;
        snapshot.description = wanted.get("description") instanceof String text ? text : null;
        wanted.object("metadata").forEach((key, value) -> snapshot.metadata.put(key, Python.str(value)));
        return Answer.json(202, JsonObject.of("snapshot", start(snapshot)));
    }

    private Answer delete(Call call) {
        volumes.delete(find(call));
        return Answer.empty(202);
    }

    private Snapshot find(Call call) {
        String id = call.variable("id");
        return volumes.visibleSnapshot(id, call.caller()).orElseThrow(() -> Cinder.notFound("Snapshot", id));
    }

    private static JsonObject start(Snapshot snapshot) {
        return JsonObject.of("id", snapshot.id)
                .put("created_at", Times.micros(snapshot.createdAt))
                .put("updated_at", Times.microsOrNull(snapshot.updatedAt))
                .put("name", snapshot.name)
                .put("description", snapshot.description)
                .put("volume_id", snapshot.volumeId)
                .put("status", snapshot.status)
                .put("size", snapshot.sizeGib)
                .put("metadata", VolumeView.texts(snapshot.metadata));
    }

    private static JsonObject whole(Snapshot snapshot) {
        return start(snapshot)
                .put("os-extended-snapshot-attributes:project_id", snapshot.projectId)
                .put("os-extended-snapshot-attributes:progress", snapshot.status.equals("available") ? "100%" : "0%");
    }
}
