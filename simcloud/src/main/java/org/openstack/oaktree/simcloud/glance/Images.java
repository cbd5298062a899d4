package org.openstack.oaktree.simcloud.glance;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.World;

/** What glance knows. Read and change it under the world's lock only. */
public final class Images {
    private static final int QCOW2_SIZE_AT = 24;

    private final World world;
    private final BlobStore store;
    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();

    /** An empty glance. */
    public Images(World world, BlobStore store) {
        this.world = world;
        this.store = store;
    }

    /** Adds an image without bytes. */
    public Image add(String id, String owner, String name) {
        return add(id, owner, name, now());
    }

    Image add(String id, String owner, String name, Instant createdAt) {
        Image image = new Image(id, owner, createdAt);
        image.attributes().put("name", name);
        images.put(id, image);
        ids.add(id);
        return image;
    }

    /** Adds a public image that has been there for a while. */
    public void seed(
            String owner,
            String name,
            String diskFormat,
            byte[] content,
            Instant createdAt,
            Map<String, String> properties) {
        Image image = add(Ids.fixedUuid("image " + name), owner, name, createdAt);
        image.attributes()
                .put("disk_format", diskFormat)
                .put("container_format", "bare")
                .put("visibility", "public");
        image.properties().putAll(properties);
        fill(image, store.store(new ByteArrayInputStream(content)));
        image.touch(createdAt);
    }

    /** Gives an image the bytes of another one: what a snapshot of a server that never wrote anything holds. */
    public void copy(Image from, Image to) {
        from.data()
                .ifPresent(data -> to.fill(
                        new BlobStore.Stored(
                                data,
                                from.attributes().text("checksum"),
                                from.attributes().text("os_hash_value")),
                        from.attributes().number("virtual_size", data.size()),
                        now()));
    }

    /** The bytes come that another service sends for an image, unless somebody has deleted it. What users have noted on it meanwhile is lost. */
    public void arrive(Image image, byte[] content) {
        if (images.containsKey(image.id())) {
            image.properties().clear();
            image.tags().clear();
            fill(image, store.store(new ByteArrayInputStream(content)));
        }
    }

    /** The image, if the caller may use it. */
    public Optional<Image> visible(String id, Caller caller) {
        return Optional.ofNullable(images.get(id)).filter(image -> isVisible(image, caller));
    }

    /** Whether there is or was an image of that ID: glance keeps the records of those that it has deleted. */
    boolean wasEver(String id) {
        return ids.contains(id);
    }

    Optional<Image> find(String id) {
        return Optional.ofNullable(images.get(id));
    }

    Collection<Image> all() {
        return images.values();
    }

    BlobStore store() {
        return store;
    }

    World world() {
        return world;
    }

    Instant now() {
        return world.now().truncatedTo(ChronoUnit.SECONDS);
    }

    void fill(Image image, BlobStore.Stored stored) {
        long virtualSize = image.attributes().text("disk_format").equals("qcow2")
                ? qcow2Size(stored.blob())
                : stored.blob().size();
        image.fill(stored, virtualSize, now());
    }

    void remove(Image image) {
        images.remove(image.id());
        boolean isLast =
                images.values().stream().noneMatch(other -> other.data().equals(image.data()));
        if (isLast) {
            image.data().ifPresent(store::drop);
        }
    }

    static boolean isVisible(Image image, Caller caller) {
        String visibility = image.attributes().text("visibility");
        return caller.sees(image.owner())
                || visibility.equals("public")
                || visibility.equals("community")
                || (visibility.equals("shared") && image.members().containsKey(caller.projectId()));
    }

    /** The size of the disk inside, which a qcow2 header tells. */
    private static long qcow2Size(Blob blob) {
        if (blob instanceof Blob.InMemory memory && memory.number(QCOW2_SIZE_AT) > 0) {
            return memory.number(QCOW2_SIZE_AT);
        }
        return blob.size();
    }
}
