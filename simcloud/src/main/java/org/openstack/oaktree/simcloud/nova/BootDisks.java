package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.simcloud.cinder.Volume;
import org.openstack.oaktree.simcloud.glance.Image;
import org.openstack.oaktree.simcloud.glance.Images;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** Reads what a new server is to boot from: an image, volumes that are there, or a volume made from an image. */
final class BootDisks {
    private final Images images;
    private final ServerVolumes volumes;

    BootDisks(Images images, ServerVolumes volumes) {
        this.images = images;
        this.volumes = volumes;
    }

    /**
     * What a server boots from, made sure that it can be had.
     *
     * @param imageId the server's image; "" when it boots from a volume
     */
    record Plan(String imageId, List<Disk> disks) {
        Plan {
            disks = List.copyOf(disks);
        }
    }

    /**
     * A volume for the server: one that is there, or one to be made from an image.
     *
     * @param sizeGib of a volume to be made
     */
    record Disk(Optional<Volume> volume, Optional<Image> image, int sizeGib, boolean isBoot, boolean deletesVolume) {}

    /**
     * Reads a request's image and block devices.
     *
     * @throws ApiException 400 in nova's words
     */
    Plan plan(Caller caller, JsonObject wanted) {
        List<Disk> disks = new ArrayList<>();
        for (Object entry : wanted.list("block_device_mapping_v2")) {
            disk(caller, (JsonObject) entry).ifPresent(disks::add);
        }
        String imageId = wanted.text("imageRef");
        boolean bootsFromVolume = disks.stream().anyMatch(Disk::isBoot);
        if (imageId.isEmpty() && !bootsFromVolume) {
            throw new ApiException(
                    400,
                    wanted.has("block_device_mapping_v2")
                            ? "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping"
                                    + " combination is not valid."
                            : "Missing imageRef attribute");
        }
        if (!imageId.isEmpty()) {
            requireActive(caller, imageId);
        }
        return new Plan(bootsFromVolume ? "" : imageId, disks);
    }

    private Image requireActive(Caller caller, String imageId) {
        Image image = images.visible(imageId, caller)
                .orElseThrow(() -> new ApiException(400, "Can not find requested image"));
        if (!image.status().equals("active")) {
            throw new ApiException(400, "Image " + imageId + " is not active.");
        }
        return image;
    }

    private Optional<Disk> disk(Caller caller, JsonObject one) {
        boolean isBoot = one.number("boot_index", -1) == 0;
        boolean deletesVolume = one.flag("delete_on_termination", false);
        String source = one.text("source_type");
        if (source.equals("volume")) {
            Volume volume = volume(caller, one.text("uuid"));
            if (isBoot && !volume.isBootable()) {
                throw new ApiException(400, "Block Device " + volume.id() + " is not bootable.");
            }
            return Optional.of(new Disk(Optional.of(volume), Optional.empty(), 0, isBoot, deletesVolume));
        }
        if (source.equals("image") && one.text("destination_type").equals("volume")) {
            Image image = requireActive(caller, one.text("uuid"));
            int size = (int) one.number("volume_size", 0);
            if (size < 1) {
                throw new ApiException(
                        400,
                        "Block Device Mapping is Invalid: Images with destination_type 'volume' need to have a non-zero size specified");
            }
            return Optional.of(new Disk(Optional.empty(), Optional.of(image), size, isBoot, deletesVolume));
        }
        if (source.equals("image") || source.equals("blank")) {
            return Optional.empty();
        }
        throw new ApiException(400, "Block Device Mapping is Invalid: source_type '" + source + "' is not known.");
    }

    private Volume volume(Caller caller, String id) {
        try {
            return volumes.requireFree(caller, id);
        } catch (ApiException e) {
            throw new ApiException(
                    400,
                    e.status() == 404
                            ? "Block Device Mapping is Invalid: failed to get volume " + id + "."
                            : e.message(),
                    e);
        }
    }

    /** Puts the volumes that are there on the server. */
    void reserve(Server server, Plan plan) {
        for (int i = 0; i < plan.disks().size(); i++) {
            Disk disk = plan.disks().get(i);
            String device = device(plan, i);
            disk.volume().ifPresent(volume -> volumes.attachNow(server, volume, device, disk.deletesVolume()));
        }
    }

    /**
     * Makes the volumes that are missing and puts them on the server.
     *
     * @throws ApiException in cinder's words
     */
    void make(Caller caller, Server server, Plan plan) {
        for (int i = 0; i < plan.disks().size(); i++) {
            Disk disk = plan.disks().get(i);
            if (disk.volume().isEmpty()) {
                Volume volume =
                        volumes.volumes().createFromImage(caller, disk.image().orElseThrow(), disk.sizeGib(), "");
                volumes.attachNow(server, volume, device(plan, i), disk.deletesVolume());
            }
        }
    }

    private static String device(Plan plan, int place) {
        char first = plan.disks().stream().anyMatch(Disk::isBoot) ? 'a' : 'b';
        return "/dev/sd" + (char) (first + place);
    }
}
