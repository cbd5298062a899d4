package org.openstack.oaktree.simcloud.cinder;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /limits}, {@code /os-quota-sets} and {@code /os-availability-zone}. */
final class CinderLimitsApi {
    private final Volumes volumes;

    CinderLimitsApi(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/limits", this::limits)
                .add("GET", "/v3/os-quota-sets/{project_id}", this::quotaSet)
                .add("GET", "/v3/os-availability-zone", call -> zones());
    }

    private Answer limits(Call call) {
        String projectId = call.caller().projectId();
        JsonObject absolute = JsonObject.of("maxTotalVolumes", volumes.quotas().limit("volumes"))
                .put("maxTotalSnapshots", volumes.quotas().limit("snapshots"))
                .put("maxTotalVolumeGigabytes", volumes.quotas().limit("gigabytes"))
                .put("maxTotalBackups", 0)
                .put("maxTotalBackupGigabytes", 0)
                .put("totalVolumesUsed", volumes.of(projectId).size())
                .put("totalGigabytesUsed", gigabytes(projectId))
                .put("totalSnapshotsUsed", snapshots(projectId))
                .put("totalBackupsUsed", 0)
                .put("totalBackupGigabytesUsed", 0);
        return Answer.json(
                200, JsonObject.of("limits", JsonObject.of("rate", List.of()).put("absolute", absolute)));
    }

    private Answer quotaSet(Call call) {
        String projectId = call.variable("project_id");
        boolean hasUsage = call.query().value("usage").equalsIgnoreCase("true");
        JsonObject set = JsonObject.of();
        put(set, "volumes", volumes.of(projectId).size(), hasUsage);
        put(set, "snapshots", snapshots(projectId), hasUsage);
        put(set, "gigabytes", gigabytes(projectId), hasUsage);
        return Answer.json(200, JsonObject.of("quota_set", set.put("id", projectId)));
    }

    private void put(JsonObject set, String name, long used, boolean hasUsage) {
        int limit = volumes.quotas().limit(name);
        set.put(
                name,
                hasUsage ? JsonObject.of("limit", limit).put("in_use", used).put("reserved", 0) : (Object) limit);
    }

    private long gigabytes(String projectId) {
        return volumes.of(projectId).stream()
                .mapToLong(volume -> volume.sizeGib)
                .sum();
    }

    private long snapshots(String projectId) {
        return volumes.snapshots().stream()
                .filter(snapshot -> snapshot.projectId.equals(projectId))
                .count();
    }

    private static Answer zones() {
        JsonObject zone = JsonObject.of("zoneName", Volumes.ZONE).put("zoneState", JsonObject.of("available", true));
        return Answer.json(200, JsonObject.of("availabilityZoneInfo", List.of(zone)));
    }
}
