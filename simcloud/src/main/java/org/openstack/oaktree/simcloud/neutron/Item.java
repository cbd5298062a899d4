package org.openstack.oaktree.simcloud.neutron;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** One resource of any kind: its attributes, and what every resource has. */
final class Item {
    private final String id;
    private final String projectId;
    private final JsonObject attributes;
    private final Instant createdAt;
    private final List<String> tags = new ArrayList<>();
    private Instant updatedAt;
    private long revision;

    Item(String id, String projectId, JsonObject attributes, Instant createdAt, long revision) {
        this.id = id;
        this.projectId = projectId;
        this.attributes = attributes;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.revision = revision;
    }

    String id() {
        return id;
    }

    String projectId() {
        return projectId;
    }

    JsonObject attributes() {
        return attributes;
    }

    String text(String name) {
        return attributes.text(name);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    long revision() {
        return revision;
    }

    List<String> tags() {
        return tags;
    }

    /** Notes a change of this resource, or of one that belongs to it. */
    void touch(Instant now) {
        updatedAt = now;
        revision++;
    }

    void set(String name, @Nullable Object value, Instant now) {
        attributes.put(name, value);
        touch(now);
    }
}
