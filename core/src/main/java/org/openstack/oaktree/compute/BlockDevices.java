package org.openstack.oaktree.compute;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.blockstorage.v1.Volume;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Draft;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.v1.Wait;

/**
 * What a new server boots from and which volumes it gets, and what becomes of the volume that was made for a server that failed. Safe for
 * use by many threads.
 */
final class BlockDevices {
    private static final String MAPPING = "block_device_mapping_v2";
    private static final String IMAGE = "imageRef";
    private static final int DEFAULT_GIB = 50;
    private static final String OPERATION = "CreateServer";
    /** By which the clocks of nova and cinder may differ. */
    private static final Duration CLOCKS = Durations.fromMinutes(1);
    /** A volume that no server has, or that never came to be: only such a one can be deleted. */
    private static final Wait LET_GO = Wait.newBuilder()
            .setField("status_text")
            .addReady("available")
            .addReady("error")
            .setAbsent(true)
            .build();

    private final ResourceAccess servers;
    private final ResourceAccess volumes;

    BlockDevices(ResourceAccess servers, ResourceAccess volumes) {
        this.servers = servers;
        this.volumes = volumes;
    }

    /** @throws OaktreeException INVALID_FIELD when a request does not say what to boot from, or says it twice */
    static void check(CreateServerRequest request) {
        boolean bootsVolume = !request.getBootVolume().isEmpty();
        boolean makesVolume = request.getBootFromVolume();
        if (!bootsVolume && request.getImage().isBlank()) {
            throw OaktreeException.invalidField("image", "must name the image, unless boot_volume names a volume");
        }
        refuse(bootsVolume && !request.getImage().isEmpty(), "boot_volume", "must not be set together with image");
        refuse(bootsVolume && makesVolume, "boot_from_volume", "must not be set together with boot_volume");
        refuse(
                request.hasVolumeSizeGib() && !makesVolume,
                "volume_size_gib",
                "must not be set without boot_from_volume");
        refuse(request.hasVolumeSizeGib() && request.getVolumeSizeGib() < 1, "volume_size_gib", "must be at least 1");
        refuse(
                request.getTerminateVolume() && !bootsVolume && !makesVolume,
                "terminate_volume",
                "must not be set without boot_volume or boot_from_volume");
    }

    private static void refuse(boolean wrong, String field, String why) {
        if (wrong) {
            throw OaktreeException.invalidField(field, why);
        }
    }

    /** Adds the devices to the draft, behind those that the request's properties hold already. */
    static void add(Draft draft) {
        CreateServerRequest request = (CreateServerRequest) draft.request();
        Map<String, @Nullable Object> members = draft.members();
        List<Object> devices = new ArrayList<>();
        boolean terminates = request.getTerminateVolume();
        String image = request.getImage();
        if (!request.getBootVolume().isEmpty()) {
            devices.add(device(0, "volume", request.getBootVolume(), "volume", terminates));
        } else if (request.getBootFromVolume()) {
            Map<String, Object> made = device(0, "image", image, "volume", terminates);
            made.put("volume_size", request.hasVolumeSizeGib() ? request.getVolumeSizeGib() : DEFAULT_GIB);
            devices.add(made);
        } else if (request.getVolumesCount() > 0) {
            devices.add(device(0, "image", image, "local", true));
        }
        for (String volume : request.getVolumesList()) {
            devices.add(device(-1, "volume", volume, "volume", false));
        }
        if (!request.getBootVolume().isEmpty() || request.getBootFromVolume()) {
            members.put(IMAGE, "");
        }
        if (!devices.isEmpty()) {
            members.merge(MAPPING, devices, BlockDevices::both);
        }
    }

    private static Map<String, Object> device(
            int bootIndex, String source, String id, String destination, boolean terminates) {
        Map<String, Object> device = new LinkedHashMap<>();
        device.put("boot_index", bootIndex);
        device.put("source_type", source);
        device.put("uuid", id);
        device.put("destination_type", destination);
        device.put("delete_on_termination", terminates);
        return device;
    }

    private static List<Object> both(Object given, Object more) {
        if (!(given instanceof List<?> first) || !(more instanceof List<?> then)) {
            throw OaktreeException.invalidField("properties", "must hold a list as `" + MAPPING + "`");
        }
        List<Object> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    /**
     * Deletes a server that failed while the call that made it waited for it, and the volume that was made for it and would stay.
     *
     * @param request with IDs
     * @return the same failure, told with what became of both
     */
    OaktreeException undone(Cloud cloud, CreateServerRequest request, String id, OaktreeException failure) {
        return !request.getBootFromVolume() || request.getTerminateVolume()
                ? servers.undone(cloud, id, OPERATION, failure)
                : undoneWithVolume(cloud, request, id, failure);
    }

    /** Whether a failed server must stay: its end would take along what its call has not made. */
    static boolean mustStay(CreateServerRequest request) {
        return !request.getBootVolume().isEmpty() && request.getTerminateVolume();
    }

    private OaktreeException undoneWithVolume(
            Cloud cloud, CreateServerRequest request, String id, OaktreeException failure) {
        List<String> made;
        try {
            made = made(cloud, request, id);
        } catch (OaktreeException e) {
            // A server whose volume is not known must stay: without it nobody finds the volume.
            return more(
                    failure,
                    "It was not deleted again, for which volume was made for it cannot be seen (" + e.getMessage()
                            + "): server " + id + " is left, with its volume.");
        }
        try {
            servers.delete(cloud, id, Map.of(), OPERATION);
        } catch (OaktreeException e) {
            return more(
                    failure,
                    "It could not be deleted again (" + e.getMessage() + "): server " + id
                            + " is left, with what was made for it: volumes " + made + ".");
        }
        OaktreeException told = more(failure, "It was deleted again.");
        for (String volume : made) {
            told = more(told, undone(cloud, volume));
        }
        return told;
    }

    /**
     * IDs of the volumes that the server has, that nobody named, and that are as nova makes them; they are known only as long as the server is
     * there. Others may have been attached to it since.
     */
    private List<String> made(Cloud cloud, CreateServerRequest request, String id) {
        Server server = seen(cloud, id);
        Set<String> named = new HashSet<>(request.getVolumesList());
        named.addAll(namedInProperties(request));
        return server.getVolumeIdsList().stream()
                .filter(volume -> !named.contains(volume))
                .filter(volume -> volumes.byId(cloud, volume)
                        .filter(known -> isMadeFor(server, (Volume) known))
                        .isPresent())
                .toList();
    }

    /**
     * Nova gives it no name, and makes it, of the image, when the server is there; the services' clocks may differ a little. It is bootable when
     * the image is on it, and before that no server can have it.
     */
    private static boolean isMadeFor(Server server, Volume volume) {
        return volume.getName().isEmpty()
                && (volume.getIsBootable() || !volume.getStatusText().equals("in-use"))
                && Timestamps.compare(volume.getCreatedAt(), Timestamps.subtract(server.getCreatedAt(), CLOCKS)) >= 0;
    }

    /** The server, from the list if it alone cannot be read; without volumes when it is gone. */
    private Server seen(Cloud cloud, String id) {
        try {
            return (Server) servers.byId(cloud, id).orElse(Server.getDefaultInstance());
        } catch (OaktreeException e) {
            return servers.list(cloud).stream()
                    .map(Server.class::cast)
                    .filter(server -> server.getId().equals(id))
                    .findFirst()
                    .orElse(Server.getDefaultInstance());
        }
    }

    /** IDs of what the request itself maps; a volume that is made for such a mapping has another. */
    private Set<String> namedInProperties(CreateServerRequest request) {
        Set<String> ids = new HashSet<>();
        if (servers.properties(request).get(MAPPING) instanceof List<?> devices) {
            for (Object device : devices) {
                if (device instanceof Map<?, ?> members) {
                    ids.add(Objects.toString(members.get("uuid"), ""));
                }
            }
        }
        return ids;
    }

    /** What became of a volume of a server that goes: it can be deleted when the server has let it go. */
    private String undone(Cloud cloud, String volume) {
        try {
            Instant until = Instant.now().plus(Call.current().remaining());
            volumes.awaited(cloud, volume, LET_GO, until);
            volumes.delete(cloud, volume, Map.of(), OPERATION);
            return "Volume " + volume + ", which was made for it, was deleted again.";
        } catch (OaktreeException e) {
            return "Volume " + volume + ", which was made for it, could not be deleted again (" + e.getMessage()
                    + "): it is left.";
        }
    }

    private static OaktreeException more(OaktreeException failure, String sentence) {
        return failure.toBuilder()
                .message(failure.getMessage() + " " + sentence)
                .build();
    }
}
