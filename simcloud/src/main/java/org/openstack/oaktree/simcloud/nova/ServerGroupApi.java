package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code /os-server-groups}. */
final class ServerGroupApi {
    private static final String[] POLICIES = {"anti-affinity", "affinity", "soft-anti-affinity", "soft-affinity"};

    /** The microversion that gave each group one policy with rules. */
    private static final int ONE_POLICY = 64;

    private final Compute compute;

    ServerGroupApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/os-server-groups", this::list)
                .add("POST", "/v2.1/os-server-groups", this::create)
                .add("GET", "/v2.1/os-server-groups/{id}", this::show)
                .add("DELETE", "/v2.1/os-server-groups/{id}", this::delete);
    }

    private Answer list(Call call) {
        int limit = number(call, "limit", compute.maxLimit());
        int offset = number(call, "offset", 0);
        boolean isForAllProjects = !call.query().value("all_projects").isEmpty();
        if (isForAllProjects && !call.caller().isAdmin()) {
            throw Nova.forbidden("os-server-groups:index:all_projects");
        }
        List<JsonObject> shown = compute.groups().stream()
                .filter(group -> isForAllProjects
                        || group.projectId().equals(call.caller().projectId()))
                .skip(offset)
                .limit(Math.min(limit, compute.maxLimit()))
                .map(group -> view(call, group))
                .toList();
        return Answer.json(200, JsonObject.of("server_groups", shown));
    }

    private static int number(Call call, String name, int fallback) {
        String text = call.query().value(name);
        if (!text.matches("[0-9]*")) {
            throw new ApiException(
                    400,
                    "Invalid input for query parameters " + name + ". Value: " + text + ". " + Python.repr(text)
                            + " does not match '^[0-9]*$'");
        }
        if (text.isEmpty()) {
            return fallback;
        }
        return text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    private Answer create(Call call) {
        if (!call.caller().isMember()) {
            throw Nova.forbidden("os-server-groups:create");
        }
        boolean hasOnePolicy = call.version().has(ONE_POLICY);
        schema(hasOnePolicy).check("", call.json());
        JsonObject wanted = call.jsonObject().object("server_group");
        String projectId = call.caller().projectId();
        String policy = hasOnePolicy ? wanted.text("policy") : firstPolicy(wanted);
        JsonObject rules = wanted.object("rules");
        if (!rules.isEmpty() && !policy.equals("anti-affinity")) {
            throw new ApiException(400, "Only anti-affinity policy supports rules.");
        }
        long used = compute.groups().stream()
                .filter(group -> group.projectId().equals(projectId))
                .count();
        if (!compute.quotas().allows("server_groups", used, 1)) {
            throw new ApiException(403, "Quota exceeded, too many server groups.");
        }
        ServerGroup group = new ServerGroup(
                Ids.uuid(),
                wanted.text("name"),
                projectId,
                call.caller().userId(),
                policy,
                rules.has("max_server_per_host") ? (Long) rules.number("max_server_per_host", 1) : null);
        compute.groups().add(group);
        return Answer.json(200, JsonObject.of("server_group", view(call, group)));
    }

    private static String firstPolicy(JsonObject wanted) {
        List<String> policies = new ArrayList<>();
        wanted.list("policies").forEach(policy -> policies.add(Python.str(policy)));
        if (policies.size() != 1) {
            throw new ApiException(
                    400,
                    "Invalid input for field/attribute policies. Value: " + Python.repr(policies) + ". "
                            + Python.repr(policies) + (policies.isEmpty() ? " is too short" : " is too long"));
        }
        return policies.getFirst();
    }

    private static Schema schema(boolean hasOnePolicy) {
        Schema.ObjectSchema group = Schema.object().must("name", Schema.text(1, 255));
        if (hasOnePolicy) {
            group.must("policy", Schema.oneOf(POLICIES))
                    .may("rules", Schema.object().may("max_server_per_host", Schema.integer(1, Integer.MAX_VALUE)));
        } else {
            group.must("policies", Schema.listOf(Schema.oneOf(POLICIES)));
        }
        return Schema.object().must("server_group", group);
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("server_group", view(call, find(call))));
    }

    private Answer delete(Call call) {
        ServerGroup group = find(call);
        compute.groups().remove(group);
        return Answer.empty(204);
    }

    private ServerGroup find(Call call) {
        String id = call.variable("id");
        return compute.group(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance group " + id + " could not be found."));
    }

    private JsonObject view(Call call, ServerGroup group) {
        boolean hasOnePolicy = call.version().has(ONE_POLICY);
        Long perHost = group.maxServerPerHost();
        JsonObject rules = perHost == null ? JsonObject.of() : JsonObject.of("max_server_per_host", perHost);
        return JsonObject.of("id", group.id())
                .put("name", group.name())
                .putIf(!hasOnePolicy, "policies", List.of(group.policy()))
                .putIf(hasOnePolicy, "policy", group.policy())
                .putIf(hasOnePolicy, "rules", rules)
                .putIf(!hasOnePolicy, "metadata", JsonObject.of())
                .put("members", compute.members(group))
                .putIf(call.version().has(13), "project_id", group.projectId())
                .putIf(call.version().has(13), "user_id", group.userId());
    }
}
