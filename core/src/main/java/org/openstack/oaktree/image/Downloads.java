package org.openstack.oaktree.image;

import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.image.v1.DownloadImageResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Repeat;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Passes the bytes of images on to clients: reads a chunk when the client has taken the one before, counts and hashes it, and keeps nothing.
 * A client that leaves interrupts the call, and with it the connection to the cloud ends.
 */
final class Downloads {
    private static final String OPERATION = "DownloadImage";
    private static final int CHUNK_BYTES = 256 << 10;

    private final ResourceAccess images;

    Downloads(ResourceAccess images) {
        this.images = images;
    }

    void download(DownloadImageRequest request, Consumer<? super Message> responses) {
        images.checkSubject(request);
        Instant end = images.end(request);
        Cloud cloud = images.cloud(request);
        Call.current().withDeadline(end).<Long, RuntimeException>run(() -> {
            Image image = (Image) images.subject(cloud, request);
            checkActive(cloud, image);
            Request get = images.request("GET", image.getId(), "file")
                    .header("Accept", "application/octet-stream")
                    .operation(OPERATION)
                    .repeat(Repeat.UNTIL_READ)
                    .build();
            return images.read(cloud, get, answer -> passOn(image, answer.body(), responses));
        });
    }

    private void checkActive(Cloud cloud, Image image) {
        if (!image.getStatusText().equals("active")) {
            throw images.error(
                            cloud,
                            ErrorReason.ERROR_REASON_WRONG_STATE,
                            "image " + image.getId() + " is " + image.getStatusText()
                                    + "; it can be downloaded while it is active")
                    .build();
        }
    }

    /** How many bytes there were. */
    private static long passOn(Image image, InputStream bytes, Consumer<? super Message> responses) throws IOException {
        responses.accept(DownloadImageResponse.newBuilder().setImage(image).build());
        Verification verification = new Verification(image);
        for (byte[] chunk = bytes.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = bytes.readNBytes(CHUNK_BYTES)) {
            verification.add(chunk);
            responses.accept(DownloadImageResponse.newBuilder()
                    .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                    .build());
        }
        return verification.end();
    }
}
