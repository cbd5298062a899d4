package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Times;

/** {@code /os-availability-zone}. */
final class ZoneApi {
    private final Lifecycle lifecycle;

    ZoneApi(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/os-availability-zone", call -> list())
                .add("GET", "/v2.1/os-availability-zone/detail", this::detail);
    }

    private static Answer list() {
        return answer(
                Hosts.ZONES.stream().map(zone -> view(zone).put("hosts", null)).toList());
    }

    private Answer detail(Call call) {
        if (!call.caller().isAdmin()) {
            throw Nova.forbidden("os-availability-zone:detail");
        }
        JsonObject service =
                JsonObject.of("available", true).put("active", true).put("updated_at", Times.micros(lifecycle.now()));
        List<JsonObject> zones = Hosts.ZONES.stream()
                .map(zone -> {
                    JsonObject hosts = JsonObject.of();
                    Hosts.in(zone).forEach(host -> hosts.put(host.name(), JsonObject.of("nova-compute", service)));
                    return view(zone).put("hosts", hosts);
                })
                .toList();
        return answer(zones);
    }

    private static JsonObject view(String zone) {
        return JsonObject.of("zoneName", zone).put("zoneState", JsonObject.of("available", true));
    }

    private static Answer answer(List<JsonObject> zones) {
        return Answer.json(200, JsonObject.of("availabilityZoneInfo", zones));
    }
}
