package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Schema;

/** {@code POST /servers/ID/action}. */
final class ServerActionApi {
    private static final int RUNNING = 1;
    private static final int SHUT_DOWN = 4;

    private final Compute compute;
    private final Lifecycle lifecycle;

    ServerActionApi(Compute compute, Lifecycle lifecycle) {
        this.compute = compute;
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("POST", "/v2.1/servers/{id}/action", this::act);
    }

    private Answer act(Call call) {
        JsonObject body = call.jsonObject();
        List<String> names = List.copyOf(body.names());
        if (names.size() != 1) {
            throw new ApiException(400, "There are too many or too few actions in the body: " + names.size());
        }
        String name = names.getFirst();
        return switch (name) {
            case "reboot" -> reboot(call, body);
            case "os-stop" -> stop(call);
            case "os-start" -> start(call);
            case "os-getConsoleOutput" -> console(call, body);
            default -> throw new ApiException(400, "There is no such action: " + name);
        };
    }

    private Answer reboot(Call call, JsonObject body) {
        Schema.object()
                .must(
                        "reboot",
                        Schema.object().must("type", Schema.oneOf("HARD", "Hard", "hard", "SOFT", "Soft", "soft")))
                .check("", body);
        boolean isHard = body.object("reboot").text("type").equalsIgnoreCase("hard");
        Server server = compute.serverOf(call);
        Nova.requireMember(call, "servers:reboot");
        requireState(server, "reboot", isHard ? Set.of("active", "stopped", "error") : Set.of("active"));
        lifecycle.task(server, isHard ? "rebooting_hard" : "rebooting", "active", RUNNING);
        return Answer.empty(202);
    }

    private Answer stop(Call call) {
        Server server = compute.serverOf(call);
        Nova.requireMember(call, "servers:stop");
        requireState(server, "stop", Set.of("active", "error"));
        lifecycle.task(server, "powering-off", "stopped", SHUT_DOWN);
        return Answer.empty(202);
    }

    private Answer start(Call call) {
        Server server = compute.serverOf(call);
        Nova.requireMember(call, "servers:start");
        requireState(server, "start", Set.of("stopped"));
        lifecycle.task(server, "powering-on", "active", RUNNING);
        return Answer.empty(202);
    }

    private Answer console(Call call, JsonObject body) {
        Schema.object()
                .must(
                        "os-getConsoleOutput",
                        Schema.object()
                                .may(
                                        "length",
                                        Schema.integer(-1, Integer.MAX_VALUE).orNull()))
                .check("", body);
        Server server = compute.serverOf(call);
        Nova.requireMember(call, "os-console-output");
        if (server.host.isEmpty() || server.launchedAt == null) {
            throw new ApiException(409, "Instance " + server.id + " is not ready");
        }
        long lines = body.object("os-getConsoleOutput").number("length", -1);
        return Answer.json(200, JsonObject.of("output", Lifecycle.console(server, lines)));
    }

    private static void requireState(Server server, String action, Set<String> vmStates) {
        boolean isBusyRebooting = action.equals("reboot") && "rebooting".equals(server.taskState);
        if (!vmStates.contains(server.vmState)) {
            throw conflict(server, action, "vm_state " + server.vmState);
        }
        if (server.taskState != null && !isBusyRebooting) {
            throw conflict(server, action, "task_state " + server.taskState);
        }
    }

    private static ApiException conflict(Server server, String action, String state) {
        return new ApiException(409, "Cannot '" + action + "' instance " + server.id + " while it is in " + state);
    }
}
