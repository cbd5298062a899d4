package org.openstack.oaktree.simcloud.cinder;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack.oaktree.simcloud.glance.Image;
import org.openstack.oaktree.simcloud.glance.Images;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.Quotas;
import org.openstack.oaktree.simcloud.world.World;

/** What cinder knows. Read and change it under the world's lock only. */
public final class Volumes {
    static final String ZONE = "nova";

    private final World world;
    private final Images images;
    private final Quotas quotas;
    private final Duration buildTime;
    private final Duration taskTime;
    private final List<VolumeType> types = new ArrayList<>();
    private final TreeMap<Long, Volume> volumes = new TreeMap<>();
    private final TreeMap<Long, Snapshot> snapshots = new TreeMap<>();
    private long nextNumber = 1;

    /**
     * An empty cinder.
     *
     * @param buildTime until a new volume is available
     * @param taskTime of everything else
     */
    public Volumes(World world, Images images, Quotas quotas, Duration buildTime, Duration taskTime) {
        this.world = world;
        this.images = images;
        this.quotas = quotas;
        this.buildTime = buildTime;
        this.taskTime = taskTime;
    }

    /** Adds a type; the first in lists is the last added. */
    public void addType(VolumeType type) {
        types.addFirst(type);
    }

    /** Removes a type that no volume has. */
    void removeType(VolumeType type) {
        types.remove(type);
    }

    List<VolumeType> types() {
        return types;
    }

    Optional<VolumeType> type(String nameOrId) {
        return types.stream()
                .filter(type -> type.id().equals(nameOrId) || type.name().equals(nameOrId))
                .findFirst();
    }

    World world() {
        return world;
    }

    Images images() {
        return images;
    }

    Quotas quotas() {
        return quotas;
    }

    /** The time as cinder keeps it: whole seconds. */
    Instant now() {
        return world.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Newest first. */
    Collection<Volume> volumes() {
        return volumes.descendingMap().values();
    }

    /** Newest first. */
    Collection<Snapshot> snapshots() {
        return snapshots.descendingMap().values();
    }

    /** The volume, if the caller may know of it. */
    public Optional<Volume> visible(String id, Caller caller) {
        return volumes.values().stream()
                .filter(volume -> volume.id.equals(id) && caller.sees(volume.projectId))
                .findFirst();
    }

    Optional<Snapshot> visibleSnapshot(String id, Caller caller) {
        return snapshots.values().stream()
                .filter(snapshot -> snapshot.id.equals(id) && caller.sees(snapshot.projectId))
                .findFirst();
    }

    /** The project's volumes. */
    List<Volume> of(String projectId) {
        return volumes.values().stream()
                .filter(volume -> volume.projectId.equals(projectId))
                .toList();
    }

    /**
     * Makes a volume, which is available after a while.
     *
     * @throws ApiException 413 when the project has as much as it may have
     */
    Volume create(Caller caller, VolumeType type, int sizeGib) {
        List<Volume> own = of(caller.projectId());
        if (!quotas.allows("volumes", own.size(), 1)) {
            throw new ApiException(
                    413,
                    "VolumeLimitExceeded: Maximum number of volumes allowed (" + quotas.limit("volumes")
                            + ") exceeded for quota 'volumes'.");
        }
        long used = own.stream().mapToLong(volume -> volume.sizeGib).sum();
        if (!quotas.allows("gigabytes", used, sizeGib)) {
            throw new ApiException(
                    413,
                    "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested "
                            + sizeGib + "G, quota is " + quotas.limit("gigabytes") + "G and " + used
                            + "G has been consumed.");
        }
        Volume volume =
                new Volume(nextNumber++, Ids.uuid(), caller.projectId(), caller.userId(), ZONE, type, sizeGib, now());
        volumes.put(volume.number, volume);
        world.later(buildTime, now -> {
            if (volume.status.equals("creating")) {
                volume.become(volume.attachments.isEmpty() ? "available" : "in-use", now());
            }
        });
        return volume;
    }

    /** A volume with what an image holds, for a server that boots from it. */
    public Volume createFromImage(Caller caller, Image image, int sizeGib, String name) {
        Volume volume = create(caller, type(VolumeType.DEFAULT_NAME).orElseThrow(), sizeGib);
        volume.name = name;
        fill(volume, image);
        return volume;
    }

    /** Notes that the volume holds what the image holds. */
    static void fill(Volume volume, Image image) {
        volume.isBootable = true;
        volume.imageMetadata.putAll(image.properties());
        volume.imageMetadata.put("image_id", image.id());
        volume.imageMetadata.put("image_name", image.attributes().text("name"));
        for (String name : List.of("checksum", "container_format", "disk_format")) {
            volume.imageMetadata.put(name, image.attributes().text(name));
        }
        for (String name : List.of("min_disk", "min_ram", "size")) {
            volume.imageMetadata.put(name, String.valueOf(image.attributes().number(name, 0)));
        }
    }

    /** Shows the task for a while, then the state that it leads to. */
    void task(Volume volume, String task, Runnable end) {
        volume.become(task, now());
        world.later(taskTime, now -> {
            if (volume.status.equals(task)) {
                end.run();
            }
        });
    }

    void task(Snapshot snapshot, String task, Runnable end) {
        snapshot.become(task, now());
        world.later(taskTime, now -> {
            if (snapshot.status.equals(task)) {
                end.run();
            }
        });
    }

    /** Deletes a volume that nobody has, after a while. */
    public void delete(Volume volume) {
        task(volume, "deleting", () -> volumes.remove(volume.number));
    }

    Snapshot snapshot(Volume volume) {
        Snapshot snapshot = new Snapshot(nextNumber++, Ids.uuid(), volume.projectId, volume.id, volume.sizeGib, now());
        snapshots.put(snapshot.number, snapshot);
        task(snapshot, "creating", () -> snapshot.become("available", now()));
        snapshot.updatedAt = null;
        return snapshot;
    }

    void delete(Snapshot snapshot) {
        task(snapshot, "deleting", () -> snapshots.remove(snapshot.number));
    }

    /**
     * Gives a volume to a server.
     *
     * @return the attachment's ID
     */
    public String attach(Volume volume, String serverId, String device) {
        Volume.Attachment attachment = new Volume.Attachment(Ids.uuid(), serverId, device, now());
        volume.attachments.add(attachment);
        if (!volume.status.equals("creating")) {
            volume.become("in-use", now());
        }
        return attachment.id();
    }

    /** Takes a volume from a server. */
    public void detach(Volume volume, String serverId) {
        volume.attachments.removeIf(attachment -> attachment.serverId().equals(serverId));
        if (volume.attachments.isEmpty()) {
            volume.become("available", now());
        }
    }

    /** Marks a volume as on its way to a server, or from it. */
    public void mark(Volume volume, String status) {
        volume.become(status, now());
    }
}
