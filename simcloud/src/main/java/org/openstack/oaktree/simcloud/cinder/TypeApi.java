package org.openstack.oaktree.simcloud.cinder;

import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /types}. */
final class TypeApi {
    private final Volumes volumes;

    TypeApi(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/types", this::list).add("GET", "/v3/types/{id}", this::show);
    }

    private Answer list(Call call) {
        return Answer.json(
                200,
                JsonObject.of(
                        "volume_types",
                        volumes.types().stream()
                                .map(type -> view(type).put("os-volume-type-access:is_public", true))
                                .toList()));
    }

    private Answer show(Call call) {
        String id = call.variable("id");
        VolumeType type = volumes.types().stream()
                .filter(found -> found.id().equals(id)
                        || (id.equals("default") && found.name().equals(VolumeType.DEFAULT_NAME)))
                .findFirst()
                .orElseThrow(() -> Cinder.notFound("Volume type", id));
        return Answer.json(200, JsonObject.of("volume_type", view(type)));
    }

    private static JsonObject view(VolumeType type) {
        return JsonObject.of("id", type.id())
                .put("name", type.name())
                .put("is_public", true)
                .put("description", type.description())
                .put("extra_specs", VolumeView.texts(type.extraSpecs()));
    }
}
