package org.openstack.oaktree.simcloud.nova;

import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** Addresses of remote consoles; nobody listens there. */
final class ConsoleApi {
    private final Compute compute;

    ConsoleApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("POST", "/v2.1/servers/{id}/remote-consoles", this::create);
    }

    static Answer legacy(JsonObject arguments) {
        Schema.object().must("type", Schema.oneOf("novnc", "xvpvnc")).check("os-getVNCConsole", arguments);
        return Answer.json(
                200,
                JsonObject.of(
                        "console", JsonObject.of("type", arguments.text("type")).put("url", url())));
    }

    private Answer create(Call call) {
        Schema.object()
                .must(
                        "remote_console",
                        Schema.object()
                                .must("protocol", Schema.oneOf("vnc", "spice", "serial", "mks"))
                                .must("type", Schema.any()))
                .check("", call.json());
        String id = call.variable("id");
        if (compute.server(id, call.caller()).isEmpty()) {
            throw new ApiException(404, "Instance " + id + " could not be found.");
        }
        JsonObject wanted = call.jsonObject().object("remote_console");
        return Answer.json(
                200,
                JsonObject.of(
                        "remote_console",
                        JsonObject.of("protocol", wanted.get("protocol"))
                                .put("type", wanted.get("type"))
                                .put("url", url())));
    }

    private static String url() {
        return "http://127.0.0.1:6080/vnc_auto.html?path=%3Ftoken%3D" + Ids.uuid();
    }
}
