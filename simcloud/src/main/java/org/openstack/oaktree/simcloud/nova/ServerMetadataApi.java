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

/** {@code /servers/{id}/metadata} and {@code /servers/{id}/tags}. */
final class ServerMetadataApi {
    private static final String METADATA = "/v2.1/servers/{id}/metadata";
    private static final String TAGS = "/v2.1/servers/{id}/tags";
    private static final int MAX_TEXT = 255;

    private final Compute compute;
    private final Lifecycle lifecycle;

    ServerMetadataApi(Compute compute, Lifecycle lifecycle) {
        this.compute = compute;
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("GET", METADATA, call -> all(find(call)))
                .add("POST", METADATA, call -> change(call, false))
                .add("PUT", METADATA, call -> change(call, true))
                .add("GET", METADATA + "/{key}", this::show)
                .add("PUT", METADATA + "/{key}", this::set)
                .add("DELETE", METADATA + "/{key}", this::remove)
                .add("GET", TAGS, call -> tags(find(call)))
                .add("PUT", TAGS, this::replaceTags)
                .add("DELETE", TAGS, this::clearTags)
                .add("GET", TAGS + "/{tag}", this::hasTag)
                .add("PUT", TAGS + "/{tag}", this::addTag)
                .add("DELETE", TAGS + "/{tag}", this::removeTag);
    }

    private Answer change(Call call, boolean isReplaced) {
        Schema.object().must("metadata", Schema.texts(MAX_TEXT)).check("", call.json());
        Server server = find(call);
        JsonObject wanted = call.jsonObject().object("metadata");
        Map<String, String> metadata = isReplaced ? new LinkedHashMap<>() : new LinkedHashMap<>(server.metadata);
        wanted.forEach((key, value) -> metadata.put(key, Python.str(value)));
        compute.requireMetadata(metadata.size());
        server.metadata.clear();
        server.metadata.putAll(metadata);
        server.updatedAt = lifecycle.now();
        return all(server);
    }

    private Answer show(Call call) {
        return one(find(call), call.variable("key"));
    }

    private Answer set(Call call) {
        Schema.object().must("meta", Schema.texts(MAX_TEXT)).check("", call.json());
        Server server = find(call);
        String key = call.variable("key");
        JsonObject meta = call.jsonObject().object("meta");
        if (!meta.has(key)) {
            throw new ApiException(400, "Request body and URI mismatch");
        }
        server.metadata.put(key, Python.str(meta.get(key)));
        server.updatedAt = lifecycle.now();
        return one(server, key);
    }

    private Answer remove(Call call) {
        Server server = find(call);
        if (server.metadata.remove(call.variable("key")) == null) {
            throw notFound();
        }
        server.updatedAt = lifecycle.now();
        return Answer.empty(204);
    }

    private static Answer all(Server server) {
        JsonObject metadata = JsonObject.of();
        server.metadata.forEach(metadata::put);
        return Answer.json(200, JsonObject.of("metadata", metadata));
    }

    private static Answer one(Server server, String key) {
        String value = server.metadata.get(key);
        if (value == null) {
            throw notFound();
        }
        return Answer.json(200, JsonObject.of("meta", JsonObject.of(key, value)));
    }

    private static ApiException notFound() {
        return new ApiException(404, "Metadata item was not found");
    }

    private Answer replaceTags(Call call) {
        Schema.object().must("tags", Schema.listOf(Schema.text(1, 60))).check("", call.json());
        Server server = find(call);
        server.tags.clear();
        call.jsonObject().list("tags").forEach(tag -> server.tags.add(Python.str(tag)));
        return tags(server);
    }

    private Answer clearTags(Call call) {
        find(call).tags.clear();
        return Answer.empty(204);
    }

    private Answer hasTag(Call call) {
        requireTag(find(call), call.variable("tag"));
        return Answer.empty(204);
    }

    private Answer addTag(Call call) {
        return Answer.empty(find(call).tags.add(call.variable("tag")) ? 201 : 204);
    }

    private Answer removeTag(Call call) {
        Server server = find(call);
        requireTag(server, call.variable("tag"));
        server.tags.remove(call.variable("tag"));
        return Answer.empty(204);
    }

    private static void requireTag(Server server, String tag) {
        if (!server.tags.contains(tag)) {
            throw new ApiException(404, "Server " + server.id + " has no tag '" + tag + "'");
        }
    }

    private static Answer tags(Server server) {
        return Answer.json(200, JsonObject.of("tags", server.tags));
    }

    private Server find(Call call) {
        String id = call.variable("id");
        return compute.server(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance " + id + " could not be found."));
    }
}
