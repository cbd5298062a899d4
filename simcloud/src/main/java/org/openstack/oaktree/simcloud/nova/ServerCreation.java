package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.Quotas;

/** {@code POST /servers}: everything is judged before anything is made. */
final class ServerCreation {
    private static final int PASSWORD_LENGTH = 12;

    private final Compute compute;
    private final ServerNetworks networks;
    private final BootDisks disks;
    private final Lifecycle lifecycle;

    ServerCreation(Compute compute, ServerNetworks networks, BootDisks disks, Lifecycle lifecycle) {
        this.compute = compute;
        this.networks = networks;
        this.disks = disks;
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("POST", "/v2.1/servers", this::create);
    }

    /** What was asked for, judged and found possible. */
    private record Plan(
            JsonObject wanted,
            Flavor flavor,
            String zone,
            String groupId,
            BootDisks.Plan disks,
            ServerNetworks.Plan networks,
            String reservationId) {}

    private Answer create(Call call) {
        if (!call.caller().isMember()) {
            throw Nova.forbidden("servers:create");
        }
        ServerSchema.create(call.version()).check("", call.json());
        JsonObject body = call.jsonObject();
        JsonObject wanted = body.object("server");
        Plan plan = plan(call, body, wanted);
        int min = (int) wanted.number("min_count", 1);
        int max = (int) wanted.number("max_count", min);
        if (min > max) {
            throw new ApiException(400, "min_count must be <= max_count");
        }
        compute.requireMetadata(wanted.object("metadata").names().size());
        requireRoom(call.caller(), plan.flavor(), max);
        String password = wanted.text("adminPass", Ids.password(PASSWORD_LENGTH));
        List<Server> made = new ArrayList<>();
        for (int i = 1; i <= max; i++) {
            made.add(make(call, plan, max == 1 ? wanted.text("name") : wanted.text("name") + "-" + i));
        }
        return wanted.flag("return_reservation_id", false)
                ? Answer.json(202, JsonObject.of("reservation_id", plan.reservationId()))
                : answer(call, made.getFirst(), plan, password);
    }

    private static Answer answer(Call call, Server server, Plan plan, String password) {
        List<JsonObject> groups = StreamSupport.stream(
                        plan.wanted().list("security_groups").spliterator(), false)
                .map(group -> JsonObject.of("name", ((JsonObject) group).text("name")))
                .toList();
        JsonObject view = JsonObject.of("id", server.id)
                .put("links", Links.of(call, "servers", server.id))
                .put("OS-DCF:diskConfig", server.diskConfig)
                .put("security_groups", groups.isEmpty() ? List.of(JsonObject.of("name", "default")) : groups)
                .put("adminPass", password);
        return Answer.json(202, JsonObject.of("server", view))
                .with("Location", call.serviceUrl() + "/v2.1/servers/" + server.id);
    }

    private Plan plan(Call call, JsonObject body, JsonObject wanted) {
        Caller caller = call.caller();
        String zone = zone(wanted.text("availability_zone"));
        ServerNetworks.Plan network = networks.plan(caller, wanted);
        String flavorId = flavorId(wanted.get("flavorRef"));
        Flavor flavor = compute.flavor(flavorId, caller)
                .orElseThrow(() -> new ApiException(400, "Flavor " + flavorId + " could not be found."));
        if (wanted.get("key_name") instanceof String key
                && compute.keypair(caller.userId(), key).isEmpty()) {
            throw new ApiException(400, "Invalid key_name provided.");
        }
        BootDisks.Plan boot = disks.plan(caller, wanted);
        JsonObject hints = body.has("os:scheduler_hints")
                ? body.object("os:scheduler_hints")
                : body.object("OS-SCH-HNT:scheduler_hints");
        return new Plan(wanted, flavor, zone, group(caller, hints), boot, network, "r-" + Ids.letters(8));
    }

    /** The zone asked for; "" = any. An admin may add a host: az2:fake3. */
    private static String zone(String wanted) {
        int colon = wanted.indexOf(':');
        String zone = colon < 0 ? wanted : wanted.substring(0, colon);
        if (!zone.isEmpty() && !Hosts.ZONES.contains(zone)) {
            throw new ApiException(400, "The requested availability zone is not available");
        }
        return zone;
    }

    /** An ID, or as in the old days the URL of a flavor. */
    private static String flavorId(@Nullable Object reference) {
        String text = Python.str(reference);
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private String group(Caller caller, JsonObject hints) {
        String id = hints.text("group");
        if (!id.isEmpty() && compute.group(id, caller).isEmpty()) {
            throw new ApiException(400, "Instance group " + id + " could not be found.");
        }
        return id;
    }

    private void requireRoom(Caller caller, Flavor flavor, int count) {
        List<Server> own = compute.living(caller.projectId());
        Quotas quotas = compute.quotas();
        require(quotas, "instances", own.size(), count);
        require(
                quotas,
                "cores",
                own.stream().mapToLong(server -> server.flavor.vcpus()).sum(),
                (long) flavor.vcpus() * count);
        require(
                quotas,
                "ram",
                own.stream().mapToLong(server -> server.flavor.ramMib()).sum(),
                (long) flavor.ramMib() * count);
    }

    private static void require(Quotas quotas, String what, long used, long more) {
        if (!quotas.allows(what, used, more)) {
            throw new ApiException(
                    403,
                    "Quota exceeded for " + what + ": Requested " + more + ", but already used " + used + " of "
                            + quotas.limit(what) + " " + what);
        }
    }

    private Server make(Call call, Plan plan, String name) {
        Caller caller = call.caller();
        JsonObject wanted = plan.wanted();
        Server server = new Server(
                compute.nextNumber(),
                Ids.uuid(),
                name,
                caller.projectId(),
                caller.userId(),
                plan.flavor(),
                lifecycle.now());
        server.imageId = plan.disks().imageId();
        server.keyName = wanted.get("key_name") instanceof String key ? key : null;
        server.userData = wanted.get("user_data") instanceof String data ? data : null;
        server.diskConfig = wanted.text("OS-DCF:diskConfig", "MANUAL");
        server.accessIpV4 = wanted.text("accessIPv4");
        server.accessIpV6 = wanted.text("accessIPv6");
        server.hostname = wanted.text("hostname", server.hostname);
        server.hasConfigDrive = Python.str(wanted.get("config_drive")).matches("(?i)true|1|on|yes|y|t");
        server.reservationId = plan.reservationId();
        server.groupId = plan.groupId();
        server.description =
                call.version().has(19) ? (wanted.get("description") instanceof String text ? text : null) : name;
        wanted.object("metadata").forEach((key, value) -> server.metadata.put(key, Python.str(value)));
        wanted.list("tags").forEach(tag -> server.tags.add(Python.str(tag)));
        server.actions.add(new Server.ActionRecord(
                "create", call.requestId(), caller.userId(), caller.projectId(), lifecycle.now()));
        compute.add(server);
        disks.reserve(server, plan.disks());
        lifecycle.build(server, plan.networks(), plan.zone(), () -> disks.make(caller, server, plan.disks()));
        return server;
    }
}
