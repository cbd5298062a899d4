package org.openstack.oaktree.simcloud.nova;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openstack.oaktree.simcloud.glance.Image;
import org.openstack.oaktree.simcloud.glance.Images;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code POST /servers/{id}/action}. */
final class ServerActionApi {
    private static final int PASSWORD_LENGTH = 12;
    private static final int IMAGE_ID_IN_BODY_SINCE = 45;
    private static final int NO_NETWORK_ACTIONS_SINCE = 44;

    private final Compute compute;
    private final Images images;
    private final ServerNetworks networks;
    private final ServerView view;
    private final Lifecycle lifecycle;
    private final Map<String, Action> actions = new LinkedHashMap<>();

    /** Does one action. */
    @FunctionalInterface
    private interface Action {
        Answer act(Call call, Server server, JsonObject arguments);
    }

    ServerActionApi(Compute compute, Images images, ServerNetworks networks, ServerView view, Lifecycle lifecycle) {
        this.compute = compute;
        this.images = images;
        this.networks = networks;
        this.view = view;
        this.lifecycle = lifecycle;
        Transition.ALL.forEach(
                (name, transition) -> actions.put(name, (call, server, arguments) -> go(server, transition)));
        actions.put("reboot", (call, server, arguments) -> reboot(server, arguments));
        actions.put("rescue", this::rescue);
        actions.put("rebuild", this::rebuild);
        actions.put("resize", this::resize);
        actions.put("confirmResize", (call, server, arguments) -> confirmResize(server));
        actions.put("revertResize", (call, server, arguments) -> revertResize(server));
        actions.put("createImage", this::createImage);
        actions.put("lock", this::lock);
        actions.put("unlock", this::unlock);
        actions.put("addSecurityGroup", (call, server, arguments) -> changeGroup(server, arguments, true));
        actions.put("removeSecurityGroup", (call, server, arguments) -> changeGroup(server, arguments, false));
        actions.put("os-getConsoleOutput", (call, server, arguments) -> console(server, arguments));
        actions.put("os-getVNCConsole", (call, server, arguments) -> ConsoleApi.legacy(arguments));
        actions.put("os-resetState", this::resetState);
        actions.put("forceDelete", (call, server, arguments) -> forceDelete(server));
        actions.put("addFloatingIp", (call, server, arguments) -> floatingIp(call));
        actions.put("removeFloatingIp", (call, server, arguments) -> floatingIp(call));
    }

    void addTo(Router router) {
        router.add("POST", "/v2.1/servers/{id}/action", this::act);
    }

    private Answer act(Call call) {
        JsonObject body = call.jsonObject();
        if (body.names().size() != 1) {
            throw new ApiException(400, "Malformed request body");
        }
        String name = body.names().iterator().next();
        Action action = actions.get(name);
        if (action == null) {
            throw new ApiException(400, "There is no such action: " + name);
        }
        String id = call.variable("id");
        Server server = compute.server(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance " + id + " has no mapping to a cell."));
        boolean changesNothing = name.equals("unlock") || name.startsWith("os-get");
        if (server.isLocked && !changesNothing && !call.caller().isAdmin()) {
            throw new ApiException(409, "Instance " + id + " is locked");
        }
        Answer answer = action.act(call, server, body.object(name));
        if (!name.startsWith("os-get")) {
            server.actions.addFirst(new Server.ActionRecord(
                    name.replace("os-", ""),
                    call.requestId(),
                    call.caller().userId(),
                    call.caller().projectId(),
                    lifecycle.now()));
        }
        return answer;
    }

    private Answer go(Server server, Transition transition) {
        transition.require(server);
        lifecycle.task(
                server,
                transition.task(),
                transition.to().isEmpty() ? server.vmState : transition.to(),
                transition.power() < 0 ? server.powerState : transition.power());
        return Answer.empty(202);
    }

    private Answer reboot(Server server, JsonObject arguments) {
        Schema.object()
                .must("type", Schema.oneOf("HARD", "Hard", "hard", "SOFT", "Soft", "soft"))
                .check("reboot", arguments);
        boolean isHard = arguments.text("type").toUpperCase(Locale.ROOT).equals("HARD");
        return go(server, isHard ? Transition.HARD_REBOOT : Transition.SOFT_REBOOT);
    }

    private Answer rescue(Call call, Server server, JsonObject arguments) {
        go(server, transition("rescue"));
        return Answer.json(200, JsonObject.of("adminPass", arguments.text("adminPass", Ids.password(PASSWORD_LENGTH))));
    }

    private Answer rebuild(Call call, Server server, JsonObject arguments) {
        String imageId = arguments.text("imageRef");
        if (images.visible(imageId, call.caller()).isEmpty()) {
            throw new ApiException(400, "Cannot find image for rebuild");
        }
        Transition transition = transition("rebuild");
        transition.require(server);
        server.imageId = imageId;
        server.name = arguments.text("name", server.name);
        arguments.object("metadata").forEach((key, value) -> server.metadata.put(key, Python.str(value)));
        if (arguments.has("description")) {
            server.description = arguments.get("description") instanceof String text ? text : null;
        }
        boolean wasStopped = server.vmState.equals("stopped");
        lifecycle.task(server, transition.task(), done -> {
            done.launchedAt = lifecycle.now();
            done.become(wasStopped ? "stopped" : "active", null, wasStopped ? done.powerState : 1, lifecycle.now());
            done.fault = null;
        });
        JsonObject shown = view.shown(call, server)
                .put("adminPass", arguments.text("adminPass", Ids.password(PASSWORD_LENGTH)))
                .putIf(call.version().has(57), "user_data", server.userData);
        return Answer.json(202, JsonObject.of("server", shown))
                .with("Location", call.serviceUrl() + "/v2.1/servers/" + server.id);
    }

    private Answer resize(Call call, Server server, JsonObject arguments) {
        String flavorId = Python.str(arguments.get("flavorRef"));
        Flavor flavor = compute.flavor(flavorId, call.caller())
                .orElseThrow(() -> new ApiException(400, "Flavor " + flavorId + " could not be found."));
        if (flavor.id().equals(server.flavor.id())) {
            throw new ApiException(400, "When resizing, instances must change flavor!");
        }
        Transition transition = transition("resize");
        transition.require(server);
        lifecycle.task(server, transition.task(), done -> {
            done.oldFlavor = done.flavor;
            done.flavor = flavor;
            done.become("resized", null, 1, lifecycle.now());
        });
        return Answer.empty(202);
    }

    private Answer confirmResize(Server server) {
        transition("confirmResize").require(server);
        server.oldFlavor = server.flavor;
        server.become("active", null, 1, lifecycle.now());
        return Answer.empty(204);
    }

    private Answer revertResize(Server server) {
        Transition transition = transition("revertResize");
        transition.require(server);
        lifecycle.task(server, transition.task(), done -> {
            done.flavor = done.oldFlavor;
            done.become("active", null, 1, lifecycle.now());
        });
        return Answer.empty(202);
    }

    private Answer createImage(Call call, Server server, JsonObject arguments) {
        String name = arguments.text("name");
        if (name.isEmpty()) {
            throw new ApiException(
                    400,
                    "Invalid input for field/attribute createImage. Value: " + Python.str(arguments)
                            + ". 'name' is a required property");
        }
        Transition transition = transition("createImage");
        transition.require(server);
        Image image = images.add(Ids.uuid(), server.projectId, name);
        image.attributes().put("visibility", "private").put("min_disk", (long) server.flavor.diskGib());
        image.properties().put("base_image_ref", server.imageId);
        image.properties().put("instance_uuid", server.id);
        image.properties().put("user_id", server.userId);
        image.properties().put("image_type", "snapshot");
        arguments.object("metadata").forEach((key, value) -> image.properties().put(key, Python.str(value)));
        String vmState = server.vmState;
        lifecycle.task(server, transition.task(), done -> {
            image.attributes().put("disk_format", "raw").put("container_format", "bare");
            image.properties().put("image_location", "snapshot");
            image.properties().put("image_state", "available");
            image.properties().put("owner_id", done.projectId);
            images.visible(done.imageId, call.caller()).ifPresent(base -> images.copy(base, image));
            done.become(vmState, null, done.powerState, lifecycle.now());
        });
        return call.version().has(IMAGE_ID_IN_BODY_SINCE)
                ? Answer.json(202, JsonObject.of("image_id", image.id()))
                : Answer.empty(202)
                        .with(
                                "Location",
                                call.serviceUrl().replaceAll("/compute$", "/image") + "/images/" + image.id());
    }

    private Answer lock(Call call, Server server, JsonObject arguments) {
        server.isLocked = true;
        server.lockedReason = arguments.get("locked_reason") instanceof String reason ? reason : null;
        return Answer.empty(202);
    }

    private Answer unlock(Call call, Server server, JsonObject arguments) {
        server.isLocked = false;
        server.lockedReason = null;
        return Answer.empty(202);
    }

    private Answer changeGroup(Server server, JsonObject arguments, boolean isAdded) {
        String name = arguments.text("name");
        String groupId = networks.ports()
                .group(server.projectId, name)
                .orElseThrow(() -> new ApiException(
                        404, "Security group " + name + " is not found for project " + server.projectId));
        networks.ports().changeGroup(server.id, groupId, isAdded);
        return Answer.empty(202);
    }

    private static Answer console(Server server, JsonObject arguments) {
        Long lines =
                arguments.has("length") && arguments.number("length", -1) >= 0 ? arguments.number("length", 0) : null;
        return Answer.json(200, JsonObject.of("output", Lifecycle.console(server, lines)));
    }

    private Answer resetState(Call call, Server server, JsonObject arguments) {
        if (!call.caller().isAdmin()) {
            throw Nova.forbidden("os-admin-actions:reset_state");
        }
        Schema.object().must("state", Schema.oneOf("active", "error")).check("os-resetState", arguments);
        server.become(arguments.text("state"), null, server.powerState, lifecycle.now());
        return Answer.empty(202);
    }

    private Answer forceDelete(Server server) {
        lifecycle.delete(server);
        return Answer.empty(202);
    }

    /** nova's own words for addresses that it does not manage; later versions have no such action. */
    private static Answer floatingIp(Call call) {
        throw call.version().has(NO_NETWORK_ACTIONS_SINCE)
                ? new ApiException(404, "The resource could not be found.")
                : new ApiException(404, "floating IP not found");
    }

    private static Transition transition(String name) {
        return Objects.requireNonNull(Transition.ALL.get(name));
    }
}
