package org.openstack.oaktree.simcloud.nova;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.RawJson;

/** One server as nova keeps it. It changes under the world's lock only. */
final class Server {
    /** Its place in the order of creation, which is also the number in its libvirt name. */
    final long number;

    final String id;
    final String projectId;
    final String userId;
    final Instant createdAt;
    final Map<String, String> metadata = new LinkedHashMap<>();
    final TreeSet<String> tags = new TreeSet<>();
    final List<Attachment> attachments = new ArrayList<>();
    final List<ActionRecord> actions = new ArrayList<>();

    /** Ports that nova made for it, and that go with it. */
    final List<String> ownPorts = new ArrayList<>();

    String name;
    String hostname;
    Flavor flavor;
    Flavor oldFlavor;
    Instant updatedAt;
    String vmState = "building";
    int powerState;
    String host = "";
    String zone = "";
    String imageId = "";
    String diskConfig = "MANUAL";
    String accessIpV4 = "";
    String accessIpV6 = "";
    String reservationId = "";
    String groupId = "";
    String rootDevice = "/dev/sda";
    boolean hasConfigDrive;
    boolean isLocked;
    boolean isDeleted;

    @Nullable
    String taskState = "scheduling";

    @Nullable
    String description;

    @Nullable
    String keyName;

    @Nullable
    String userData;

    @Nullable
    String lockedReason;

    @Nullable
    Instant launchedAt;

    @Nullable
    Instant terminatedAt;

    @Nullable
    JsonObject fault;

    @Nullable
    Rendered rendered;

    /**
     * A volume on it.
     *
     * @param deletesVolume whether the volume goes with the server
     */
    record Attachment(
            String volumeId,
            String device,
            String attachmentId,
            String mappingId,
            @Nullable String tag,
            boolean deletesVolume) {}

    /** What somebody asked of it. */
    record ActionRecord(String action, String requestId, String userId, String projectId, Instant startedAt) {}

    /** Its view as it was rendered last, for one kind of caller and at one revision of the world. */
    record Rendered(String kind, long revision, RawJson view) {}

    Server(long number, String id, String name, String projectId, String userId, Flavor flavor, Instant createdAt) {
        this.number = number;
        this.id = id;
        this.name = name;
        this.projectId = projectId;
        this.userId = userId;
        this.flavor = flavor;
        this.oldFlavor = flavor;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.hostname = hostname(name);
    }

    String status() {
        return Status.of(vmState, taskState);
    }

    /** Notes a new state. */
    void become(String vm, @Nullable String task, int power, Instant now) {
        vmState = vm;
        taskState = task;
        powerState = power;
        updatedAt = now;
    }

    /** What the name becomes inside the server. */
    private static String hostname(String name) {
        String host = name.strip()
                .replaceAll("[ _]", "-")
                .replaceAll("[^A-Za-z0-9.-]", "")
                .toLowerCase(Locale.ROOT);
        return host.isEmpty() ? "server" : host;
    }
}
