package org.openstack.oaktree.image;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeRequest;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Json;

/**
 * Makes images of volumes.
 *
 * <p>Nothing marks such an image as made for a request_id: cinder creates it without properties of the caller's, and when it has sent the
 * bytes it takes away what others have added, tags too.
 */
final class VolumeImages {
    private static final String OPERATION = "CreateImageFromVolume";
    private static final String ACTION = "os-volume_upload_image";

    private final ResourceAccess images;
    private final ResourceAccess volumes;

    VolumeImages(ResourceAccess images, ResourceAccess volumes) {
        this.images = images;
        this.volumes = volumes;
    }

    CreateImageFromVolumeResponse create(CreateImageFromVolumeRequest request) {
        if (request.getVolume().isBlank()) {
            throw OaktreeException.invalidField("volume", "needs a name or ID");
        }
        Cloud cloud = images.placeOfNew(request);
        Instant until = images.until(request);
        CreateImageFromVolumeRequest resolved = (CreateImageFromVolumeRequest) images.resolved(cloud, request);
        String id = begin(cloud, resolved);
        Image image = request.getWait() ? Made.ready(images, cloud, id, OPERATION, until) : accepted(cloud, id);
        return CreateImageFromVolumeResponse.newBuilder()
                .setImage(image)
                .setCreated(true)
                .build();
    }

    private String begin(Cloud cloud, CreateImageFromVolumeRequest request) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("image_name", request.getName());
        arguments.put("disk_format", Formats.disk(cloud, request.getDiskFormat()));
        arguments.put("container_format", Formats.container(request.getContainerFormat()));
        arguments.put("force", request.getForce());
        try {
            return volumes.act(
                    cloud,
                    request.getVolume(),
                    ACTION,
                    arguments,
                    OPERATION,
                    answer -> Made.id(
                            Json.read(answer.body()).at(ACTION).at("image_id").text(), "block-storage"));
        } finally {
            images.wrote(cloud);
        }
    }

    /** Without one look at it rather than without its ID: nobody could find it again. */
    private Image accepted(Cloud cloud, String id) {
        try {
            return (Image) images.byId(cloud, id).orElseGet(() -> images.accepted(cloud, id));
        } catch (OaktreeException e) {
            return (Image) images.accepted(cloud, id);
        }
    }
}
