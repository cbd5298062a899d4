package org.openstack.oaktree.image;

import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageSnapshotRequest;
import org.openstack.oaktree.image.v1.CreateImageSnapshotResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Answer;
import org.openstack.oaktree.rest.Json;

/** Makes images of servers' disks. */
final class Snapshots {
    private static final String OPERATION = "CreateImageSnapshot";

    private final ResourceAccess images;
    private final ResourceAccess servers;

    Snapshots(ResourceAccess images, ResourceAccess servers) {
        this.images = images;
        this.servers = servers;
    }

    CreateImageSnapshotResponse create(CreateImageSnapshotRequest request) {
        if (request.getServer().isBlank()) {
            throw OaktreeException.invalidField("server", "needs a name or ID");
        }
        Cloud cloud = images.placeOfNew(request);
        Instant until = images.until(request);
        CreateImageSnapshotResponse made = images.inTurn(cloud, request.getRequestId(), () -> once(cloud, request));
        return request.getWait() ? ready(cloud, made, until) : made;
    }

    private CreateImageSnapshotResponse once(Cloud cloud, CreateImageSnapshotRequest request) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(images.properties(request));
        Optional<Message> earlier = images.earlier(cloud, request);
        if (earlier.isPresent()) {
            return CreateImageSnapshotResponse.newBuilder()
                    .setImage((Image) earlier.get())
                    .build();
        }
        CreateImageSnapshotRequest resolved = (CreateImageSnapshotRequest) images.resolved(cloud, request);
        metadata.putAll(images.mark(request));
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("name", request.getName());
        arguments.put("metadata", metadata);
        String id;
        try {
            id = servers.act(cloud, resolved.getServer(), "createImage", arguments, OPERATION, Snapshots::imageId);
        } finally {
            images.wrote(cloud);
        }
        return CreateImageSnapshotResponse.newBuilder()
                .setImage((Image) images.byId(cloud, id).orElseGet(() -> images.accepted(cloud, id)))
                .setCreated(true)
                .build();
    }

    /** From the body, or, as older clouds say it, the end of the address in a header; the rest of that may be wrong. */
    private static String imageId(Answer answer) throws IOException {
        byte[] body = answer.body().readAllBytes();
        String id = body.length == 0
                ? ""
                : Json.read(new ByteArrayInputStream(body)).at("image_id").text();
        String location = answer.header("Location").orElse("");
        return Made.id(id.isEmpty() ? location.substring(location.lastIndexOf('/') + 1) : id, "compute");
    }

    /** One that an earlier call made stays, whatever becomes of it. */
    private CreateImageSnapshotResponse ready(Cloud cloud, CreateImageSnapshotResponse made, Instant until) {
        String id = made.getImage().getId();
        Image image = made.getCreated()
                ? Made.ready(images, cloud, id, OPERATION, until)
                : (Image) images.awaited(cloud, id, OPERATION, until);
        return made.toBuilder().setImage(image).build();
    }
}
