package org.openstack.oaktree.simcloud.cinder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code /types}. */
final class TypeApi {
    private static final Set<String> SPECS_FOR_ALL =
            Set.of("RESKEY:availability_zones", "multiattach", "replication_enabled");

    private final Volumes volumes;

    TypeApi(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/types", this::list)
                .add("POST", "/v3/types", this::create)
                .add("GET", "/v3/types/{id}", this::show)
                .add("DELETE", "/v3/types/{id}", this::delete);
    }

    private Answer list(Call call) {
        List<JsonObject> shown = volumes.types().stream()
                .filter(wanted(call))
                .map(type -> access(type, view(call.caller(), type, true)))
                .toList();
        return Answer.json(200, JsonObject.of("volume_types", shown));
    }

    /** Users see public types; an admin chooses, public ones by default. */
    private static Predicate<VolumeType> wanted(Call call) {
        String wanted = call.query().value("is_public");
        if (!call.caller().isAdmin()) {
            return VolumeType::isPublic;
        }
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "", "t", "true", "1", "yes", "on", "y" -> VolumeType::isPublic;
            case "none" -> type -> true;
            case "f", "false", "0", "no", "off", "n" -> type -> !type.isPublic();
            default -> throw new ApiException(400, "Invalid is_public filter [" + wanted + "]");
        };
    }

    private Answer show(Call call) {
        String id = call.variable("id");
        Optional<VolumeType> type = id.equals("default") ? volumes.type(VolumeType.DEFAULT_NAME) : byId(call);
        JsonObject view = view(call.caller(), type.orElseThrow(() -> Cinder.notFound("Volume type", id)), true);
        return Answer.json(
                200, JsonObject.of("volume_type", id.equals("default") ? view : access(type.orElseThrow(), view)));
    }

    private Answer create(Call call) {
        requireAdmin(call, "volume_extension:type_create");
        Schema.object()
                .must(
                        "volume_type",
                        Schema.object()
                                .must("name", Schema.text(1, 255))
                                .may("description", Schema.text(0, 255).orNull())
                                .may("extra_specs", Schema.texts(255).orNull())
                                .may("os-volume-type-access:is_public", Schema.flag()))
                .check("", call.json());
        JsonObject wanted = call.jsonObject().object("volume_type");
        String name = wanted.text("name").strip();
        if (name.isEmpty()) {
            throw new ApiException(400, "An invalid 'name' value was provided. The 'name' can not be empty.");
        }
        if (volumes.types().stream().anyMatch(other -> other.name().equals(name))) {
            throw new ApiException(409, "Volume Type " + name + " already exists.");
        }
        Map<String, String> specs = new LinkedHashMap<>();
        wanted.object("extra_specs").forEach((key, value) -> specs.put(key, String.valueOf(value)));
        VolumeType type = new VolumeType(
                Ids.uuid(),
                name,
                wanted.get("description") instanceof String text ? text : null,
                wanted.flag("os-volume-type-access:is_public", true),
                specs);
        volumes.addType(type);
        return Answer.json(200, JsonObject.of("volume_type", access(type, view(call.caller(), type, false))));
    }

    private Answer delete(Call call) {
        requireAdmin(call, "volume_extension:type_delete");
        VolumeType type = byId(call).orElseThrow(() -> Cinder.notFound("Volume type", call.variable("id")));
        if (type.isDefault()) {
            throw new ApiException(
                    400, "The volume type " + type.id() + " is a default volume type and cannot be deleted.");
        }
        if (volumes.volumes().stream().anyMatch(volume -> volume.type.equals(type))) {
            throw new ApiException(400, "Target volume type is still in use.");
        }
        volumes.removeType(type);
        return Answer.empty(202);
    }

    private Optional<VolumeType> byId(Call call) {
        return volumes.types().stream()
                .filter(type -> type.id().equals(call.variable("id")))
                .filter(type -> type.isPublic() || call.caller().isAdmin())
                .findFirst();
    }

    private static void requireAdmin(Call call, String rule) {
        if (!call.caller().isAdmin()) {
            throw new ApiException(403, "Policy doesn't allow " + rule + " to be performed.");
        }
    }

    /**
     * The type as this caller sees it.
     *
     * @param hasLimits whether the answer names the limits of its volumes' throughput, which only admins see
     */
    private static JsonObject view(Caller caller, VolumeType type, boolean hasLimits) {
        Map<String, String> specs = new LinkedHashMap<>(type.extraSpecs());
        specs.keySet().removeIf(key -> !caller.isAdmin() && !SPECS_FOR_ALL.contains(key));
        return JsonObject.of("id", type.id())
                .put("name", type.name())
                .put("is_public", type.isPublic())
                .put("description", type.description())
                .put("extra_specs", VolumeView.texts(specs))
                .putIf(hasLimits && caller.isAdmin(), "qos_specs_id", null);
    }

    private static JsonObject access(VolumeType type, JsonObject view) {
        return view.put("os-volume-type-access:is_public", type.isPublic());
    }
}
