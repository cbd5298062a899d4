package org.openstack.oaktree.simcloud.nova;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;

/** {@code /servers/ID/metadata}. */
final class ServerMetadataApi {
    private static final String ALL = "/v2.1/servers/{id}/metadata";
    private static final String ONE = ALL + "/{key}";
    private static final int MAX_TEXT = 255;

    private final Compute compute;

    ServerMetadataApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", ALL, call -> answer(compute.serverOf(call)))
                .add("POST", ALL, call -> putAll(call, false))
                .add("PUT", ALL, call -> putAll(call, true))
                .add("GET", ONE, this::show)
                .add("PUT", ONE, this::put)
                .add("DELETE", ONE, this::delete);
    }

    private static Answer answer(Server server) {
        return Answer.json(200, JsonObject.of("metadata", ServerView.metadata(server)));
    }

    private Answer putAll(Call call, boolean isReplaced) {
        Schema.object().must("metadata", Schema.texts(MAX_TEXT)).check("", call.json());
        Server server = changeable(call, isReplaced ? "update_all" : "create");
        Map<String, String> changed = isReplaced ? new LinkedHashMap<>() : new LinkedHashMap<>(server.metadata);
        call.jsonObject().object("metadata").forEach((key, value) -> changed.put(key, Python.str(value)));
        replace(server, changed);
        return answer(server);
    }

    private Answer show(Call call) {
        Server server = compute.serverOf(call);
        String key = requireKey(call, server);
        return Answer.json(200, JsonObject.of("meta", JsonObject.of(key, server.metadata.get(key))));
    }

    private Answer put(Call call) {
        Schema.object().must("meta", Schema.texts(MAX_TEXT)).check("", call.json());
        JsonObject meta = call.jsonObject().object("meta");
        String key = call.variable("key");
        if (meta.names().size() != 1 || !meta.has(key)) {
            throw new ApiException(400, "Request body and URI mismatch");
        }
        Server server = changeable(call, "update");
        Map<String, String> changed = new LinkedHashMap<>(server.metadata);
        changed.put(key, meta.text(key));
        replace(server, changed);
        return Answer.json(200, JsonObject.of("meta", meta));
    }

    private Answer delete(Call call) {
        Server server = changeable(call, "delete");
        server.metadata.remove(requireKey(call, server));
        return Answer.empty(204);
    }

    private void replace(Server server, Map<String, String> changed) {
        int limit = compute.quotas().limit("metadata_items");
        if (limit >= 0 && changed.size() > limit) {
            throw new ApiException(403, "Maximum number of metadata items exceeds " + limit);
        }
        server.metadata.clear();
        server.metadata.putAll(changed);
    }

    private Server changeable(Call call, String rule) {
        Server server = compute.serverOf(call);
        Nova.requireMember(call, "server-metadata:" + rule);
        return server;
    }

    private static String requireKey(Call call, Server server) {
        String key = call.variable("key");
        if (!server.metadata.containsKey(key)) {
            throw new ApiException(404, "Metadata item was not found");
        }
        return key;
    }
}
