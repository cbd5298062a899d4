package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Times;
import org.openstack.oaktree.simcloud.world.World;

/** {@code /os-availability-zone}. */
final class ZoneApi {
    private final World world;

    ZoneApi(World world) {
        this.world = world;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/os-availability-zone", call -> list(false))
                .add("GET", "/v2.1/os-availability-zone/detail", this::detail);
    }

    private Answer detail(Call call) {
        if (!call.caller().isAdmin()) {
            throw Nova.forbidden("os-availability-zone:detail");
        }
        return list(true);
    }

    private Answer list(boolean isDetailed) {
        List<JsonObject> zones = Hosts.ZONES.stream()
                .map(zone -> JsonObject.of("zoneName", zone)
                        .put("zoneState", JsonObject.of("available", true))
                        .put("hosts", isDetailed ? hosts(zone) : null))
                .toList();
        return Answer.json(200, JsonObject.of("availabilityZoneInfo", zones));
    }

    private JsonObject hosts(String zone) {
        JsonObject hosts = JsonObject.of();
        Hosts.in(zone)
                .forEach(host -> hosts.put(
                        host.name(),
                        JsonObject.of(
                                "nova-compute",
                                JsonObject.of("available", true)
                                        .put("active", true)
                                        .put("updated_at", Times.micros(world.now())))));
        return hosts;
    }
}
