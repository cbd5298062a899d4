package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Quotas;

/** {@code /limits}: what the caller's project may have and has. */
final class LimitsApi {
    private static final int NO_NETWORK_LIMITS_SINCE = 36;
    private static final int NO_PERSONALITY_SINCE = 57;

    private final Compute compute;

    LimitsApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/limits", this::show);
    }

    private Answer show(Call call) {
        String projectId = call.caller().isAdmin()
                ? call.query().last("tenant_id").orElse(call.caller().projectId())
                : call.caller().projectId();
        List<Server> own = compute.living(projectId);
        Quotas quotas = compute.quotas();
        boolean hasPersonality = !call.version().has(NO_PERSONALITY_SINCE);
        boolean hasNetworks = !call.version().has(NO_NETWORK_LIMITS_SINCE);
        JsonObject absolute = JsonObject.of("maxTotalInstances", quotas.limit("instances"))
                .put("maxTotalCores", quotas.limit("cores"))
                .put("maxTotalRAMSize", quotas.limit("ram"))
                .put("maxServerMeta", quotas.limit("metadata_items"))
                .putIf(!call.version().has(39), "maxImageMeta", quotas.limit("metadata_items"))
                .putIf(hasPersonality, "maxPersonality", 5)
                .putIf(hasPersonality, "maxPersonalitySize", 10_240)
                .put("maxTotalKeypairs", quotas.limit("key_pairs"))
                .put("maxServerGroups", quotas.limit("server_groups"))
                .put("maxServerGroupMembers", quotas.limit("server_group_members"))
                .putIf(hasNetworks, "maxTotalFloatingIps", -1)
                .putIf(hasNetworks, "maxSecurityGroups", -1)
                .putIf(hasNetworks, "maxSecurityGroupRules", -1)
                .put(
                        "totalRAMUsed",
                        own.stream().mapToLong(server -> server.flavor.ramMib()).sum())
                .put(
                        "totalCoresUsed",
                        own.stream().mapToLong(server -> server.flavor.vcpus()).sum())
                .put("totalInstancesUsed", own.size())
                .putIf(hasNetworks, "totalFloatingIpsUsed", 0)
                .putIf(hasNetworks, "totalSecurityGroupsUsed", 0)
                .put(
                        "totalServerGroupsUsed",
                        compute.groups().stream()
                                .filter(group -> group.projectId().equals(projectId))
                                .count());
        return Answer.json(
                200, JsonObject.of("limits", JsonObject.of("rate", List.of()).put("absolute", absolute)));
    }
}
