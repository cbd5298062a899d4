package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code /os-server-groups}. */
final class ServerGroupApi {
    private static final String PATH = "/v2.1/os-server-groups";
    private static final int SOFT_SINCE = 15;
    private static final int ONE_POLICY_SINCE = 64;

    private final Compute compute;

    ServerGroupApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", PATH, this::list)
                .add("POST", PATH, this::create)
                .add("GET", PATH + "/{id}", this::show)
                .add("DELETE", PATH + "/{id}", this::delete);
    }

    private Answer list(Call call) {
        boolean isForAll = call.caller().isAdmin() && call.query().has("all_projects");
        Page page = Page.of(call, compute.maxLimit());
        long offset = call.query()
                .last("offset")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
        List<JsonObject> views = compute.groups().stream()
                .filter(group ->
                        isForAll || group.projectId().equals(call.caller().projectId()))
                .skip(offset)
                .limit(page.limit())
                .map(group -> view(call, group))
                .toList();
        return Answer.json(200, JsonObject.of("server_groups", views));
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("server_group", view(call, find(call))));
    }

    private Answer create(Call call) {
        boolean hasOnePolicy = call.version().has(ONE_POLICY_SINCE);
        Schema policy = call.version().has(SOFT_SINCE)
                ? Schema.oneOf("anti-affinity", "affinity", "soft-anti-affinity", "soft-affinity")
                : Schema.oneOf("anti-affinity", "affinity");
        Schema.ObjectSchema group = Schema.object().must("name", Schema.text(1, 255));
        if (hasOnePolicy) {
            group.must("policy", policy)
                    .may("rules", Schema.object().may("max_server_per_host", Schema.integer(1, Integer.MAX_VALUE)));
        } else {
            group.must("policies", Schema.listOf(policy));
        }
        Schema.object().must("server_group", group).check("", call.json());
        JsonObject wanted = call.jsonObject().object("server_group");
        String policyName = hasOnePolicy ? wanted.text("policy") : first(wanted.list("policies"));
        if (wanted.object("rules").has("max_server_per_host") && !policyName.equals("anti-affinity")) {
            throw new ApiException(400, "Only anti-affinity policy supports rules.");
        }
        requireRoom(call);
        ServerGroup made = new ServerGroup(
                Ids.uuid(),
                wanted.text("name"),
                call.caller().projectId(),
                call.caller().userId(),
                policyName,
                wanted.object("rules").has("max_server_per_host")
                        ? wanted.object("rules").number("max_server_per_host", 1)
                        : null);
        compute.groups().add(made);
        return Answer.json(200, JsonObject.of("server_group", view(call, made)));
    }

    private void requireRoom(Call call) {
        long used = compute.groups().stream()
                .filter(group -> group.projectId().equals(call.caller().projectId()))
                .count();
        if (!compute.quotas().allows("server_groups", used, 1)) {
            throw new ApiException(403, "Quota exceeded, too many server groups.");
        }
    }

    private Answer delete(Call call) {
        compute.groups().remove(find(call));
        return Answer.empty(204);
    }

    private ServerGroup find(Call call) {
        String id = call.variable("id");
        return compute.group(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance group " + id + " could not be found."));
    }

    private JsonObject view(Call call, ServerGroup group) {
        JsonObject view = JsonObject.of("id", group.id()).put("name", group.name());
        if (call.version().has(ONE_POLICY_SINCE)) {
            JsonObject rules = JsonObject.of();
            rules.putIf(group.maxServerPerHost() != null, "max_server_per_host", group.maxServerPerHost());
            view.put("policy", group.policy()).put("rules", rules);
        } else {
            view.put("policies", List.of(group.policy())).put("metadata", JsonObject.of());
        }
        return view.put("members", compute.members(group))
                .putIf(call.version().has(13), "project_id", group.projectId())
                .putIf(call.version().has(13), "user_id", group.userId());
    }

    private static String first(Iterable<?> texts) {
        for (Object text : texts) {
            return String.valueOf(text);
        }
        return "";
    }
}
