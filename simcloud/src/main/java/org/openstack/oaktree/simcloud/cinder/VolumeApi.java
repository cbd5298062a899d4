package org.openstack.oaktree.simcloud.cinder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;

/** {@code /volumes}: list, show, rename, delete. */
final class VolumeApi {
    private static final String IN_USE =
            "Invalid volume: Volume status must be available or error or error_restoring or"
                    + " error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots,"
                    + " awaiting a transfer, or be disassociated from snapshots after volume transfer.";
    private static final Set<String> DELETABLE = Set.of("available", "error");
    private static final Map<String, Comparator<Volume>> ORDERS = Map.of(
            "created_at", Comparator.comparingLong(volume -> volume.number),
            "id", Comparator.comparing(volume -> volume.id),
            "name", Comparator.comparing(volume -> String.valueOf(volume.name)),
            "size", Comparator.comparingInt(volume -> volume.sizeGib),
            "status", Comparator.comparing(volume -> volume.status),
            "bootable", Comparator.comparing(volume -> volume.isBootable));

    private final Volumes volumes;
    private final int maxLimit;

    VolumeApi(Volumes volumes, int maxLimit) {
        this.volumes = volumes;
        this.maxLimit = maxLimit;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/volumes", call -> list(call, false))
                .add("GET", "/v3/volumes/detail", call -> list(call, true))
                .add("GET", "/v3/volumes/summary", this::summary)
                .add("GET", "/v3/volumes/{id}", this::show)
                .add("PUT", "/v3/volumes/{id}", this::update)
                .add("DELETE", "/v3/volumes/{id}", this::delete)
                .add("GET", "/v3/volumes/{id}/metadata", call -> metadata(find(call)))
                .add("POST", "/v3/volumes/{id}/metadata", call -> changeMetadata(call, false))
                .add("PUT", "/v3/volumes/{id}/metadata", call -> changeMetadata(call, true))
                .add("DELETE", "/v3/volumes/{id}/metadata/{key}", this::removeMetadata);
    }

    private Answer list(Call call, boolean isDetailed) {
        CinderPage page = new CinderPage(call, maxLimit);
        Comparator<Volume> order = order(call.query());
        List<Volume> fitting =
                volumes.volumes().stream().filter(wanted(call)).sorted(order).toList();
        return Answer.json(
                200,
                page.answer(
                        "volumes",
                        fitting,
                        volume -> volume.id,
                        volume -> isDetailed ? VolumeView.whole(call, volume) : VolumeView.brief(call, volume),
                        "Volume"));
    }

    /** Which volumes the call wants; what cinder does not know is ignored. */
    private static Predicate<Volume> wanted(Call call) {
        Query query = call.query();
        boolean isForAll = call.caller().isAdmin()
                && Set.of("1", "true", "t", "yes")
                        .contains(query.value("all_tenants").toLowerCase(Locale.ROOT));
        Predicate<Volume> wanted =
                volume -> isForAll || volume.projectId.equals(call.caller().projectId());
        wanted = wanted.and(equal(query, "name", volume -> String.valueOf(volume.name)));
        wanted = wanted.and(equal(query, "status", volume -> volume.status));
        wanted = wanted.and(equal(query, "availability_zone", volume -> volume.zone));
        wanted = wanted.and(equal(query, "volume_type", volume -> volume.type.name()));
        wanted = wanted.and(equal(query, "id", volume -> volume.id));
        return wanted.and(equal(query, "bootable", volume -> String.valueOf(volume.isBootable)));
    }

    private static Predicate<Volume> equal(Query query, String name, Function<Volume, String> value) {
        return volume -> query.all(name).allMatch(text -> text.equals(value.apply(volume)));
    }

    private static Comparator<Volume> order(Query query) {
        List<String[]> keys = new ArrayList<>();
        for (String part : query.value("sort").split(",", -1)) {
            String[] words = part.split(":", 2);
            if (!words[0].isEmpty()) {
                keys.add(new String[] {words[0], words.length > 1 ? words[1] : "desc"});
            }
        }
        query.last("sort_key")
                .ifPresent(key ->
                        keys.add(new String[] {key, query.last("sort_dir").orElse("desc")}));
        Comparator<Volume> order = null;
        for (String[] key : keys) {
            Comparator<Volume> next = ORDERS.get(key[0]);
            if (next == null) {
                throw new ApiException(400, "Invalid input received: Invalid sort key");
            }
            Comparator<Volume> directed = key[1].equals("asc") ? next : next.reversed();
            order = order == null ? directed : order.thenComparing(directed);
        }
        Comparator<Volume> newest =
                Comparator.comparingLong((Volume volume) -> volume.number).reversed();
        return order == null ? newest : order.thenComparing(newest);
    }

    private Answer summary(Call call) {
        List<Volume> own = volumes.of(call.caller().projectId());
        return Answer.json(
                200,
                JsonObject.of(
                        "volume-summary",
                        JsonObject.of("total_count", own.size())
                                .put(
                                        "total_size",
                                        own.stream()
                                                .mapToLong(volume -> volume.sizeGib)
                                                .sum())));
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("volume", VolumeView.whole(call, find(call))));
    }

    private Answer update(Call call) {
        Schema.object().must("volume", Schema.object().open()).check("", call.json());
        Volume volume = find(call);
        JsonObject wanted = call.jsonObject().object("volume");
        if (wanted.has("name")) {
            volume.name = wanted.get("name") instanceof String text ? text : null;
        }
        if (wanted.has("description")) {
            volume.description = wanted.get("description") instanceof String text ? text : null;
        }
        if (wanted.has("metadata")) {
            volume.metadata.clear();
            wanted.object("metadata").forEach((key, value) -> volume.metadata.put(key, Python.str(value)));
        }
        volume.updatedAt = volumes.now();
        return Answer.json(200, JsonObject.of("volume", VolumeView.start(call, volume)));
    }

    private Answer delete(Call call) {
        Volume volume = find(call);
        boolean hasSnapshots = volumes.snapshots().stream().anyMatch(snapshot -> snapshot.volumeId.equals(volume.id));
        if (!DELETABLE.contains(volume.status) || !volume.attachments.isEmpty() || hasSnapshots) {
            throw new ApiException(400, IN_USE);
        }
        volumes.delete(volume);
        return Answer.empty(202);
    }

    private Answer changeMetadata(Call call, boolean isReplaced) {
        Schema.object().must("metadata", Schema.texts(255)).check("", call.json());
        Volume volume = find(call);
        if (isReplaced) {
            volume.metadata.clear();
        }
        call.jsonObject().object("metadata").forEach((key, value) -> volume.metadata.put(key, Python.str(value)));
        volume.updatedAt = volumes.now();
        return metadata(volume);
    }

    private Answer removeMetadata(Call call) {
        Volume volume = find(call);
        String key = call.variable("key");
        if (volume.metadata.remove(key) == null) {
            throw new ApiException(404, "Volume " + volume.id + " has no metadata with key " + key + ".");
        }
        return Answer.empty(200);
    }

    private static Answer metadata(Volume volume) {
        return Answer.json(200, JsonObject.of("metadata", VolumeView.texts(volume.metadata)));
    }

    private Volume find(Call call) {
        String id = call.variable("id");
        return volumes.visible(id, call.caller()).orElseThrow(() -> Cinder.notFound("Volume", id));
    }
}
