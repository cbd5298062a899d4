package org.openstack.oaktree.simcloud.glance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** One image: its attributes, its users' properties and tags, who may use it, and its bytes once they are there. */
public final class Image {
    private final String id;
    private final String owner;
    private final Instant createdAt;
    private final JsonObject attributes;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();
    private final Map<String, Member> members = new TreeMap<>();
    private Instant updatedAt;
    private @Nullable Blob data;

    /** Whether a project that was let in has agreed to see the image in its lists. */
    record Member(String projectId, String status, Instant createdAt, Instant updatedAt) {}

    Image(String id, String owner, Instant createdAt) {
        this.id = id;
        this.owner = owner;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        attributes = JsonObject.of("name", null)
                .put("disk_format", null)
                .put("container_format", null)
                .put("visibility", "shared")
                .put("size", null)
                .put("virtual_size", null)
                .put("status", "queued")
                .put("checksum", null)
                .put("protected", false)
                .put("min_ram", 0L)
                .put("min_disk", 0L)
                .put("owner", owner)
                .put("os_hidden", false)
                .put("os_hash_algo", null)
                .put("os_hash_value", null);
    }

    /** Its UUID. */
    public String id() {
        return id;
    }

    public String owner() {
        return owner;
    }

    /** The attributes that every image has. */
    public JsonObject attributes() {
        return attributes;
    }

    /** What users have noted on it. */
    public Map<String, String> properties() {
        return properties;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    List<String> tags() {
        return tags;
    }

    Map<String, Member> members() {
        return members;
    }

    Optional<Blob> data() {
        return Optional.ofNullable(data);
    }

    /** The word for where it is in its life: queued, active. */
    public String status() {
        return attributes.text("status");
    }

    void touch(Instant now) {
        updatedAt = now;
    }

    /** Its bytes have come. */
    void fill(BlobStore.Stored stored, long virtualSize, Instant now) {
        data = stored.blob();
        attributes
                .put("size", stored.blob().size())
                .put("virtual_size", virtualSize)
                .put("checksum", stored.md5())
                .put("os_hash_algo", "sha512")
                .put("os_hash_value", stored.sha512())
                .put("status", "active");
        touch(now);
    }
}
