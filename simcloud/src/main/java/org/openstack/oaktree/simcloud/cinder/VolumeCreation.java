package org.openstack.oaktree.simcloud.cinder;

import java.util.Optional;
import org.openstack.oaktree.simcloud.glance.Image;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.json.Schema;

/** {@code POST /volumes}: empty ones, or from an image, a snapshot or another volume. */
final class VolumeCreation {
    private static final String MALFORMED =
            "The server could not comply with the request since it is either malformed or otherwise incorrect.";

    private final Volumes volumes;

    VolumeCreation(Volumes volumes) {
        this.volumes = volumes;
    }

    void addTo(Router router) {
        router.add("POST", "/v3/volumes", this::create);
    }

    private Answer create(Call call) {
        Schema text = Schema.text(0, 255).orNull();
        Schema.object()
                .must(
                        "volume",
                        Schema.object()
                                .may("name", text)
                                .may("description", text)
                                .may("volume_type", text)
                                .may("metadata", Schema.texts(255).orNull())
                                .may("size", size())
                                .open())
                .open()
                .check("", call.json());
        JsonObject wanted = call.jsonObject().object("volume");
        Optional<Image> image = image(call, wanted);
        Optional<Snapshot> snapshot = snapshot(call, wanted);
        Optional<Volume> source = source(call, wanted);
        int size = size(
                wanted,
                snapshot.map(found -> found.sizeGib)
                        .or(() -> source.map(found -> found.sizeGib))
                        .orElse(0));
        Volume volume = volumes.create(call.caller(), type(wanted), size);
        volume.name = wanted.get("name") instanceof String name ? name : null;
        volume.description = wanted.get("description") instanceof String description ? description : null;
        volume.snapshotId = snapshot.map(found -> found.id).orElse(null);
        volume.sourceId = source.map(found -> found.id).orElse(null);
        wanted.object("metadata").forEach((key, value) -> volume.metadata.put(key, Python.str(value)));
        image.ifPresent(found -> Volumes.fill(volume, found));
        source.ifPresent(found -> copy(found, volume));
        return Answer.json(202, JsonObject.of("volume", VolumeView.start(call, volume)));
    }

    private static Schema size() {
        Schema number = Schema.integer(1, Integer.MAX_VALUE);
        return (field, value) -> {
            if (value instanceof String) {
                Schema.matching("^[0-9]+$").check(field, value);
            }
            if (value != null) {
                number.check(field, value);
            }
        };
    }

    private static int size(JsonObject wanted, int sourceSize) {
        int size = (int) wanted.number("size", sourceSize);
        if (size == 0) {
            throw new ApiException(400, MALFORMED);
        }
        if (size < sourceSize) {
            throw new ApiException(
                    400,
                    "Invalid input received: Volume size '" + size + "'GB cannot be smaller than original volume size "
                            + sourceSize + "GB. They must be >= original volume size.");
        }
        return size;
    }

    private static void copy(Volume from, Volume to) {
        to.isBootable = from.isBootable;
        to.imageMetadata.putAll(from.imageMetadata);
    }

    private VolumeType type(JsonObject wanted) {
        String name = wanted.text("volume_type");
        return volumes.type(name.isEmpty() ? VolumeType.DEFAULT_NAME : name)
                .orElseThrow(() -> new ApiException(404, "Volume type with name " + name + " could not be found."));
    }

    private Optional<Image> image(Call call, JsonObject wanted) {
        String id = wanted.text("imageRef", wanted.text("image_id"));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(volumes.images()
                .visible(id, call.caller())
                .orElseThrow(
                        () -> new ApiException(400, "Invalid image identifier or unable to access requested image.")));
    }

    private Optional<Snapshot> snapshot(Call call, JsonObject wanted) {
        String id = wanted.text("snapshot_id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                volumes.visibleSnapshot(id, call.caller()).orElseThrow(() -> Cinder.notFound("Snapshot", id)));
    }

    private Optional<Volume> source(Call call, JsonObject wanted) {
        String id = wanted.text("source_volid");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(volumes.visible(id, call.caller()).orElseThrow(() -> Cinder.notFound("Volume", id)));
    }
}
