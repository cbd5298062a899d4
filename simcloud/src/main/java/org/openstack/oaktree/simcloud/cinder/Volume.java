package org.openstack.oaktree.simcloud.cinder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One volume as cinder keeps it. It changes under the world's lock only. */
public final class Volume {
    final long number;
    final String id;
    final String projectId;
    final String userId;
    final String zone;
    final VolumeType type;
    final Instant createdAt;
    final Map<String, String> metadata = new LinkedHashMap<>();
    final Map<String, String> imageMetadata = new LinkedHashMap<>();
    final List<Attachment> attachments = new ArrayList<>();

    int sizeGib;
    String status = "creating";
    boolean isBootable;

    @Nullable
    String name;

    @Nullable
    String description;

    @Nullable
    String snapshotId;

    @Nullable
    String sourceId;

    @Nullable
    Instant updatedAt;

    /** A server that has the volume. */
    record Attachment(String id, String serverId, String device, Instant attachedAt) {}

    Volume(
            long number,
            String id,
            String projectId,
            String userId,
            String zone,
            VolumeType type,
            int sizeGib,
            Instant createdAt) {
        this.number = number;
        this.id = id;
        this.projectId = projectId;
        this.userId = userId;
        this.zone = zone;
        this.type = type;
        this.sizeGib = sizeGib;
        this.createdAt = createdAt;
    }

    /** Its UUID. */
    public String id() {
        return id;
    }

    /** cinder's word for its state: available, in-use. */
    public String status() {
        return status;
    }

    public boolean isBootable() {
        return isBootable;
    }

    /** Whether several servers may have it at once. */
    public boolean isMultiattach() {
        return type.isMultiattach();
    }

    /** IDs of the servers that have it. */
    public List<String> serverIds() {
        return attachments.stream().map(Attachment::serverId).toList();
    }

    void become(String changed, Instant now) {
        status = changed;
        updatedAt = now;
    }
}
