package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code /flavors}. */
final class FlavorApi {
    private static final int MAX_INT = Integer.MAX_VALUE;
    private static final List<String> SORT_KEYS = List.of(
            "created_at",
            "description",
            "disabled",
            "ephemeral_gb",
            "flavorid",
            "id",
            "is_public",
            "memory_mb",
            "name",
            "root_gb",
            "rxtx_factor",
            "swap",
            "updated_at",
            "vcpu_weight",
            "vcpus");

    private final Compute compute;

    FlavorApi(Compute compute) {
        this.compute = compute;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/flavors", call -> list(call, false))
                .add("GET", "/v2.1/flavors/detail", call -> list(call, true))
                .add("GET", "/v2.1/flavors/{id}", this::show)
                .add("POST", "/v2.1/flavors", this::create)
                .add("DELETE", "/v2.1/flavors/{id}", this::delete)
                .add("POST", "/v2.1/flavors/{id}/action", this::changeAccess)
                .add("GET", "/v2.1/flavors/{id}/os-flavor-access", this::access)
                .add("GET", "/v2.1/flavors/{id}/os-extra_specs", this::extraSpecs)
                .add("POST", "/v2.1/flavors/{id}/os-extra_specs", this::addExtraSpecs);
    }

    private Answer list(Call call, boolean isDetailed) {
        Page page = Page.of(call, compute.maxLimit());
        if (call.version().has(75)) {
            refuseUnknown(call);
        }
        List<Flavor> all = compute.flavors().stream()
                .filter(visible(call))
                .filter(atLeast(call, "minRam", Flavor::ramMib))
                .filter(atLeast(call, "minDisk", Flavor::diskGib))
                .sorted(order(call))
                .toList();
        int start = page.start(all.stream().map(Flavor::id).toList());
        List<Flavor> shown = all.stream().skip(start).limit(page.limit()).toList();
        JsonObject answer = JsonObject.of(
                "flavors",
                shown.stream()
                        .map(flavor -> isDetailed ? view(call, flavor) : brief(call, flavor))
                        .toList());
        if (page.hasNext(shown.size())) {
            answer.put("flavors_links", Links.next(call, shown.getLast().id()));
        }
        return Answer.json(200, answer);
    }

    private static void refuseUnknown(Call call) {
        Set<String> known = Set.of("limit", "marker", "is_public", "minRam", "minDisk", "sort_key", "sort_dir");
        call.query().parameters().stream()
                .filter(parameter -> !known.contains(parameter.name()))
                .findFirst()
                .ifPresent(parameter -> {
                    throw new ApiException(
                            400,
                            "Additional properties are not allowed (" + Python.repr(parameter.name())
                                    + " was unexpected)");
                });
    }

    /** Users see public flavors and those given to them; an admin chooses by is_public, public ones by default. */
    private static Predicate<Flavor> visible(Call call) {
        if (!call.caller().isAdmin()) {
            return flavor -> flavor.isVisibleTo(call.caller());
        }
        String wanted = call.query().value("is_public");
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "" -> Flavor::isPublic;
            case "none" -> flavor -> true;
            case "t", "true", "1", "yes", "on", "y" -> Flavor::isPublic;
            case "f", "false", "0", "no", "off", "n" -> flavor -> !flavor.isPublic();
            default -> throw new ApiException(400, "Invalid is_public filter [" + wanted + "]");
        };
    }

    private static Predicate<Flavor> atLeast(Call call, String parameter, ToIntFunction<Flavor> value) {
        String wanted = call.query().value(parameter);
        if (wanted.isEmpty()) {
            return flavor -> true;
        }
        if (!wanted.matches("[0-9]{1,9}")) {
            throw new ApiException(400, "Invalid " + parameter + " filter [" + wanted + "]");
        }
        return flavor -> value.applyAsInt(flavor) >= Integer.parseInt(wanted);
    }

    private static Comparator<Flavor> order(Call call) {
        String key = call.query().last("sort_key").orElse("flavorid");
        if (!SORT_KEYS.contains(key)) {
            throw new ApiException(
                    400,
                    "Invalid input for query parameters sort_key. Value: " + key + ". " + Python.repr(key)
                            + " is not one of " + Python.repr(SORT_KEYS));
        }
        Comparator<Flavor> order = switch (key) {
            case "name" -> Comparator.comparing(Flavor::name);
            case "memory_mb" -> Comparator.comparingInt(Flavor::ramMib);
            case "root_gb" -> Comparator.comparingInt(Flavor::diskGib);
            case "vcpus" -> Comparator.comparingInt(Flavor::vcpus);
            default -> Comparator.comparing(Flavor::id);
        };
        return call.query().value("sort_dir").equals("desc") ? order.reversed() : order;
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("flavor", view(call, find(call))));
    }

    private Answer create(Call call) {
        requireAdmin(call, "os-flavor-manage:create");
        Schema.object()
                .must(
                        "flavor",
                        Schema.object()
                                .must("name", Schema.text(1, 255))
                                .must("ram", Schema.integer(1, MAX_INT))
                                .must("vcpus", Schema.integer(1, MAX_INT))
                                .must("disk", Schema.integer(0, MAX_INT))
                                .may("id", Schema.text(1, 255).orNull())
                                .may("OS-FLV-EXT-DATA:ephemeral", Schema.integer(0, MAX_INT))
                                .may("swap", Schema.integer(0, MAX_INT))
                                .may("rxtx_factor", Schema.any())
                                .may("os-flavor-access:is_public", Schema.flag())
                                .may("description", Schema.text(0, 65_535).orNull()))
                .check("", call.json());
        JsonObject wanted = call.jsonObject().object("flavor");
        Flavor flavor = new Flavor(
                wanted.text("id").isEmpty() || wanted.text("id").equals("auto") ? Ids.uuid() : wanted.text("id"),
                wanted.text("name"),
                (int) wanted.number("vcpus", 1),
                (int) wanted.number("ram", 1),
                (int) wanted.number("disk", 0),
                (int) wanted.number("OS-FLV-EXT-DATA:ephemeral", 0),
                (int) wanted.number("swap", 0),
                wanted.flag("os-flavor-access:is_public", true),
                wanted.get("description") instanceof String text ? text : null,
                Map.of(),
                Set.of());
        if (compute.flavors().stream().anyMatch(other -> other.name().equals(flavor.name()))) {
            throw new ApiException(409, "Flavor with name " + flavor.name() + " already exists.");
        }
        if (compute.flavor(flavor.id()).isPresent()) {
            throw new ApiException(409, "Flavor with ID " + flavor.id() + " already exists.");
        }
        compute.put(flavor);
        return Answer.json(200, JsonObject.of("flavor", view(call, flavor)));
    }

    private Answer delete(Call call) {
        requireAdmin(call, "os-flavor-manage:delete");
        compute.removeFlavor(find(call).id());
        return Answer.empty(202);
    }

    private Answer changeAccess(Call call) {
        requireAdmin(call, "os-flavor-access:add_tenant_access");
        Flavor flavor = find(call);
        Set<String> projects = new LinkedHashSet<>(flavor.projects());
        JsonObject body = call.jsonObject();
        if (flavor.isPublic()) {
            throw new ApiException(409, "Flavor is public: it needs no access.");
        }
        if (body.has("addTenantAccess")) {
            projects.add(body.object("addTenantAccess").text("tenant"));
        } else if (body.has("removeTenantAccess")) {
            projects.remove(body.object("removeTenantAccess").text("tenant"));
        } else {
            throw new ApiException(400, "There is no such action: " + String.join(",", body.names()));
        }
        Flavor changed = flavor.onlyFor(projects);
        compute.put(changed);
        return Answer.json(200, accessView(changed));
    }

    private Answer access(Call call) {
        requireAdmin(call, "os-flavor-access");
        Flavor flavor = find(call);
        if (flavor.isPublic()) {
            throw new ApiException(404, "Access list not available for public flavors.");
        }
        return Answer.json(200, accessView(flavor));
    }

    private static JsonObject accessView(Flavor flavor) {
        List<JsonObject> list = new ArrayList<>();
        flavor.projects()
                .forEach(project ->
                        list.add(JsonObject.of("flavor_id", flavor.id()).put("tenant_id", project)));
        return JsonObject.of("flavor_access", list);
    }

    private Answer extraSpecs(Call call) {
        return Answer.json(200, JsonObject.of("extra_specs", extraSpecs(find(call))));
    }

    private Answer addExtraSpecs(Call call) {
        requireAdmin(call, "os-flavor-extra-specs:create");
        Schema.object().must("extra_specs", Schema.texts(255)).check("", call.json());
        Flavor flavor = find(call);
        Map<String, String> specs = new LinkedHashMap<>(flavor.extraSpecs());
        call.jsonObject().object("extra_specs").forEach((key, value) -> specs.put(key, String.valueOf(value)));
        Flavor changed = flavor.withExtraSpecs(specs);
        compute.put(changed);
        return Answer.json(200, JsonObject.of("extra_specs", extraSpecs(changed)));
    }

    private Flavor find(Call call) {
        String id = call.variable("id");
        return compute.flavor(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Flavor " + id + " could not be found."));
    }

    private static void requireAdmin(Call call, String rule) {
        if (!call.caller().isAdmin()) {
            throw Nova.forbidden(rule);
        }
    }

    private static JsonObject extraSpecs(Flavor flavor) {
        JsonObject specs = JsonObject.of();
        flavor.extraSpecs().forEach(specs::put);
        return specs;
    }

    private static JsonObject brief(Call call, Flavor flavor) {
        return JsonObject.of("id", flavor.id())
                .put("name", flavor.name())
                .put("links", Links.of(call, "flavors", flavor.id()))
                .putIf(call.version().has(55), "description", flavor.description());
    }

    private static JsonObject view(Call call, Flavor flavor) {
        Object noSwap = call.version().has(75) ? 0 : "";
        return JsonObject.of("id", flavor.id())
                .put("name", flavor.name())
                .put("ram", flavor.ramMib())
                .put("disk", flavor.diskGib())
                .put("swap", flavor.swapMib() == 0 ? noSwap : (Object) flavor.swapMib())
                .put("OS-FLV-EXT-DATA:ephemeral", flavor.ephemeralGib())
                .put("OS-FLV-DISABLED:disabled", false)
                .put("vcpus", flavor.vcpus())
                .put("os-flavor-access:is_public", flavor.isPublic())
                .put("rxtx_factor", 1.0)
                .put("links", Links.of(call, "flavors", flavor.id()))
                .putIf(call.version().has(55), "description", flavor.description())
                .putIf(call.version().has(61), "extra_specs", extraSpecs(flavor));
    }
}
