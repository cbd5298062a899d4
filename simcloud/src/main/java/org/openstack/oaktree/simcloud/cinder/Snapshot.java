package org.openstack.oaktree.simcloud.cinder;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a volume held at one moment. It changes under the world's lock only. */
final class Snapshot {
    final long number;
    final String id;
    final String projectId;
    final String volumeId;
    final int sizeGib;
    final Instant createdAt;
    final Map<String, String> metadata = new LinkedHashMap<>();

    String status = "creating";

    @Nullable
    String name;

    @Nullable
    String description;

    @Nullable
    Instant updatedAt;

    Snapshot(long number, String id, String projectId, String volumeId, int sizeGib, Instant createdAt) {
        this.number = number;
        this.id = id;
        this.projectId = projectId;
        this.volumeId = volumeId;
        this.sizeGib = sizeGib;
        this.createdAt = createdAt;
    }

    void become(String changed, Instant now) {
        status = changed;
        updatedAt = now;
    }
}
