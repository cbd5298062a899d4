package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code POST /servers}: answers at once, builds by and by. */
final class ServerCreateApi {
    private static final int PASSWORD_LENGTH = 12;
    private static final int RESERVATION_LENGTH = 8;

    private final Compute compute;
    private final ServerImages images;
    private final ServerNetworks networks;
    private final Lifecycle lifecycle;

    ServerCreateApi(Compute compute, ServerImages images, ServerNetworks networks, Lifecycle lifecycle) {
        this.compute = compute;
        this.images = images;
        this.networks = networks;
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("POST", "/v2.1/servers", this::create);
    }

    private Answer create(Call call) {
        Nova.requireMember(call, "servers:create");
        ServerSchema.create(call.version()).check("", call.json());
        JsonObject wanted = call.jsonObject().object("server");
        long min = wanted.number("min_count", 1);
        long max = wanted.number("max_count", min);
        if (min > max) {
            throw new ApiException(400, "min_count must be <= max_count");
        }
        requireImage(call, wanted);
        Flavor flavor = flavor(call, wanted);
        requireKey(call, wanted);
        String zone = zone(wanted);
        String group = group(call);
        ServerNetworks.Plan plan = networks.plan(call.caller(), wanted);
        requireMetadata(wanted);
        Usage.of(compute, call.caller().projectId()).requireRoom(compute.quotas(), flavor, max);
        String reservation = "r-" + Ids.letters(RESERVATION_LENGTH);
        List<Server> made = new ArrayList<>();
        for (long i = 1; i <= max; i++) {
            Server server = make(call, wanted, flavor, max == 1 ? "" : "-" + i);
            server.groupId = group;
            server.reservationId = reservation;
            compute.add(server);
            lifecycle.build(server, plan, zone);
            made.add(server);
        }
        if (wanted.flag("return_reservation_id", false)) {
            return Answer.json(202, JsonObject.of("reservation_id", reservation));
        }
        return accepted(call, wanted, made.getFirst());
    }

    private static Answer accepted(Call call, JsonObject wanted, Server server) {
        List<JsonObject> groups = new ArrayList<>();
        wanted.list("security_groups")
                .forEach(entry ->
                        groups.add(JsonObject.of("name", entry instanceof JsonObject one ? one.text("name") : "")));
        JsonObject view = JsonObject.of("id", server.id)
                .put("links", Links.of(call, "servers", server.id))
                .put("OS-DCF:diskConfig", server.diskConfig)
                .put("security_groups", groups.isEmpty() ? List.of(JsonObject.of("name", "default")) : groups)
                .put("adminPass", wanted.text("adminPass", Ids.password(PASSWORD_LENGTH)));
        return Answer.json(202, JsonObject.of("server", view))
                .with("Location", call.serviceUrl() + "/v2.1/servers/" + server.id);
    }

    private Server make(Call call, JsonObject wanted, Flavor flavor, String suffix) {
        Server server = new Server(
                compute.nextNumber(),
                Ids.uuid(),
                wanted.text("name").strip() + suffix,
                call.caller().projectId(),
                call.caller().userId(),
                flavor,
                lifecycle.now());
        server.imageId = wanted.text("imageRef");
        server.diskConfig = wanted.text("OS-DCF:diskConfig", "MANUAL");
        server.accessIpV4 = wanted.text("accessIPv4");
        server.accessIpV6 = wanted.text("accessIPv6");
        server.hasConfigDrive = List.of("true", "1", "t", "yes", "on", "y")
                .contains(Python.str(wanted.get("config_drive")).toLowerCase(Locale.ROOT));
        server.keyName = wanted.get("key_name") instanceof String text ? text : null;
        server.userData = wanted.get("user_data") instanceof String text ? text : null;
        server.description = description(call, wanted);
        server.hostname = wanted.text("hostname", server.hostname);
        wanted.object("metadata").forEach((key, value) -> server.metadata.put(key, Python.str(value)));
        wanted.list("tags").forEach(tag -> server.tags.add(Python.str(tag)));
        return server;
    }

    /** Before microversion 2.19 a server is described by its name. */
    private static @Nullable String description(Call call, JsonObject wanted) {
        if (!call.version().has(19)) {
            return wanted.text("name");
        }
        return wanted.get("description") instanceof String text ? text : null;
    }

    private void requireImage(Call call, JsonObject wanted) {
        for (Object entry : wanted.list("block_device_mapping_v2")) {
            if (entry instanceof JsonObject device && device.text("source_type").equals("volume")) {
                throw new ApiException(
                        400, "Block Device Mapping is Invalid: failed to get volume " + device.text("uuid") + ".");
            }
        }
        String imageId = wanted.text("imageRef");
        if (imageId.isEmpty()) {
            throw new ApiException(400, "Missing imageRef attribute");
        }
        if (!images.isUsable(call.caller(), imageId)) {
            throw new ApiException(400, "Can not find requested image");
        }
    }

    private Flavor flavor(Call call, JsonObject wanted) {
        String reference = Python.str(wanted.get("flavorRef"));
        String id = reference.substring(reference.lastIndexOf('/') + 1);
        return compute.flavor(id, call.caller())
                .orElseThrow(() -> new ApiException(400, "Flavor " + id + " could not be found."));
    }

    private void requireKey(Call call, JsonObject wanted) {
        if (wanted.get("key_name") instanceof String name
                && compute.keypair(call.caller().userId(), name).isEmpty()) {
            throw new ApiException(400, "Invalid key_name provided.");
        }
    }

    private static String zone(JsonObject wanted) {
        String zone = wanted.text("availability_zone");
        if (!zone.isEmpty() && !Hosts.ZONES.contains(zone)) {
            throw new ApiException(400, "The requested availability zone is not available");
        }
        return zone;
    }

    private String group(Call call) {
        JsonObject body = call.jsonObject();
        String id = body.object(body.has("os:scheduler_hints") ? "os:scheduler_hints" : "OS-SCH-HNT:scheduler_hints")
                .text("group");
        if (!id.isEmpty() && compute.group(id, call.caller()).isEmpty()) {
            throw new ApiException(400, "Instance group " + id + " could not be found.");
        }
        return id;
    }

    private void requireMetadata(JsonObject wanted) {
        int limit = compute.quotas().limit("metadata_items");
        if (limit >= 0 && wanted.object("metadata").names().size() > limit) {
            throw new ApiException(403, "Maximum number of metadata items exceeds " + limit);
        }
    }
}
