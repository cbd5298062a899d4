package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Quotas;

/** {@code /limits}: what the project may have, and what it uses. */
final class LimitsApi {
    /** The microversion without what neutron limits. */
    private static final int NO_NETWORKS = 36;

    /** The microversion without the metadata of images. */
    private static final int NO_IMAGES = 39;

    /** The microversion without files that were put into new servers. */
    private static final int NO_FILES = 57;

    private final Compute compute;

    LimitsApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/limits", this::show);
    }

    private Answer show(Call call) {
        String asked = call.query().value("tenant_id");
        if (!asked.isEmpty() && !call.caller().isAdmin()) {
            throw Nova.forbidden("limits:other_project");
        }
        String projectId = asked.isEmpty() ? call.caller().projectId() : asked;
        JsonObject absolute = limits(call.version()).putAll(used(call.version(), projectId));
        return Answer.json(
                200, JsonObject.of("limits", JsonObject.of("rate", List.of()).put("absolute", absolute)));
    }

    private JsonObject limits(Microversion version) {
        Quotas quotas = compute.quotas();
        int metadata = quotas.limit("metadata_items");
        return JsonObject.of("maxTotalInstances", quotas.limit("instances"))
                .put("maxTotalCores", quotas.limit("cores"))
                .put("maxTotalRAMSize", quotas.limit("ram"))
                .put("maxServerMeta", metadata)
                .putIf(!version.has(NO_IMAGES), "maxImageMeta", metadata)
                .putIf(!version.has(NO_FILES), "maxPersonality", 5)
                .putIf(!version.has(NO_FILES), "maxPersonalitySize", 10_240)
                .put("maxTotalKeypairs", quotas.limit("key_pairs"))
                .put("maxServerGroups", quotas.limit("server_groups"))
                .put("maxServerGroupMembers", quotas.limit("server_group_members"))
                .putIf(!version.has(NO_NETWORKS), "maxTotalFloatingIps", -1)
                .putIf(!version.has(NO_NETWORKS), "maxSecurityGroups", -1)
                .putIf(!version.has(NO_NETWORKS), "maxSecurityGroupRules", -1);
    }

    private JsonObject used(Microversion version, String projectId) {
        Usage usage = Usage.of(compute, projectId);
        long groups = compute.groups().stream()
                .filter(group -> group.projectId().equals(projectId))
                .count();
        return JsonObject.of("totalRAMUsed", usage.ramMib())
                .put("totalCoresUsed", usage.cores())
                .put("totalInstancesUsed", usage.instances())
                .putIf(!version.has(NO_NETWORKS), "totalFloatingIpsUsed", 0)
                .putIf(!version.has(NO_NETWORKS), "totalSecurityGroupsUsed", 0)
                .put("totalServerGroupsUsed", groups);
    }
}
