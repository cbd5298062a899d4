package org.openstack.oaktree.simcloud.nova;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.cinder.Volume;
import org.openstack.oaktree.simcloud.cinder.Volumes;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.World;

/** Puts volumes on servers and takes them off. */
final class ServerVolumes {
    private static final Caller NOVA = new Caller("nova", "nova", "service", "service", List.of("admin"));

    private final World world;
    private final Volumes volumes;
    private final Duration taskTime;

    ServerVolumes(World world, Volumes volumes, Duration taskTime) {
        this.world = world;
        this.volumes = volumes;
        this.taskTime = taskTime;
    }

    Volumes volumes() {
        return volumes;
    }

    /**
     * The volume, if the server may get it.
     *
     * @throws ApiException 400 or 404 in nova's words
     */
    Volume requireFree(Caller caller, String volumeId) {
        Volume volume = volumes.visible(volumeId, caller)
                .orElseThrow(() -> new ApiException(404, "Volume " + volumeId + " could not be found."));
        if (!volume.serverIds().isEmpty() && !volume.isMultiattach()) {
            throw new ApiException(
                    400,
                    "Invalid volume: volume " + volumeId + " is already attached to instances: "
                            + String.join(", ", volume.serverIds()));
        }
        if (!volume.status().equals("available") && !volume.status().equals("in-use")) {
            throw new ApiException(
                    400,
                    "Invalid input received: Invalid volume: Volume " + volumeId
                            + " status must be available or in-use, but" + " current status is: " + volume.status()
                            + ".");
        }
        return volume;
    }

    /** Puts a volume on the server at once, while it is built. */
    void attachNow(Server server, Volume volume, String device, boolean deletesVolume) {
        String attachmentId = volumes.attach(volume, server.id, device);
        server.attachments.add(
                new Server.Attachment(volume.id(), device, attachmentId, Ids.uuid(), null, deletesVolume));
    }

    /** Puts a volume on a server that runs; it is there after a while. */
    Server.Attachment attach(
            Server server, Volume volume, @Nullable String device, @Nullable String tag, boolean deletesVolume) {
        String place = device == null || device.isEmpty() ? nextDevice(server) : device;
        Server.Attachment attachment = new Server.Attachment(
                volume.id(), place, volumes.attach(volume, server.id, place), Ids.uuid(), tag, deletesVolume);
        server.attachments.add(attachment);
        volumes.mark(volume, "attaching");
        world.later(taskTime, now -> {
            if (volume.status().equals("attaching")) {
                volumes.mark(volume, "in-use");
            }
        });
        return attachment;
    }

    /** Takes a volume off a server that runs; it is free after a while. */
    void detach(Server server, Server.Attachment attachment) {
        Optional<Volume> volume = volumes.visible(attachment.volumeId(), NOVA);
        volume.ifPresent(found -> volumes.mark(found, "detaching"));
        world.later(taskTime, now -> {
            if (server.attachments.remove(attachment)) {
                volume.ifPresent(found -> volumes.detach(found, server.id));
            }
        });
    }

    /** Frees or deletes all volumes of a server that is gone. */
    void releaseAll(Server server) {
        for (Server.Attachment attachment : server.attachments) {
            volumes.visible(attachment.volumeId(), NOVA).ifPresent(volume -> {
                volumes.detach(volume, server.id);
                if (attachment.deletesVolume()) {
                    volumes.delete(volume);
                }
            });
        }
        server.attachments.clear();
    }

    private static String nextDevice(Server server) {
        char letter = 'b';
        while (has(server, "/dev/sd" + letter)) {
            letter++;
        }
        return "/dev/sd" + letter;
    }

    private static boolean has(Server server, String device) {
        return server.attachments.stream()
                .anyMatch(attachment -> attachment.device().equals(device));
    }
}
