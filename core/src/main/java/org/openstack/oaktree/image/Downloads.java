package org.openstack.oaktree.image;

import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.image.v1.DownloadImageResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Answer;
import org.openstack.oaktree.rest.Repeat;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.UnreadableAnswerException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Passes the bytes of images on to clients: reads a chunk when the client has taken the one before, counts and hashes it, and keeps nothing.
 * A client that leaves interrupts the call, and with it the connection to the cloud ends.
 */
final class Downloads {
    private static final String OPERATION = "DownloadImage";
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int PARTIAL = 206;

    private final ResourceAccess images;

    Downloads(ResourceAccess images) {
        this.images = images;
    }

    void download(DownloadImageRequest request, Consumer<? super Message> responses) {
        images.checkSubject(request);
        if (request.getOffsetBytes() < 0) {
            throw OaktreeException.invalidField("offset_bytes", "must not be negative");
        }
        Instant end = images.end(request);
        Cloud cloud = images.cloud(request);
        Call.current().withDeadline(end).<Long, RuntimeException>run(() -> {
            Image image = (Image) images.subject(cloud, request);
            checkActive(cloud, image);
            long offset = request.getOffsetBytes();
            return isAtEnd(image, offset)
                    ? tell(image, responses)
                    : images.read(cloud, get(image, offset), answer -> passOn(image, offset, answer, responses));
        });
    }

    private Request get(Image image, long offset) {
        Request.Builder get = images.request("GET", image.getId(), "file")
                .header("Accept", "application/octet-stream")
                .operation(OPERATION)
                .repeat(Repeat.UNTIL_READ);
        if (offset > 0) {
            get.header("Range", "bytes=" + offset + "-");
        }
        return get.build();
    }

    /** Whether nothing is left: no range of bytes begins there. */
    private static boolean isAtEnd(Image image, long offset) {
        if (image.hasSizeBytes() && offset > image.getSizeBytes()) {
            throw OaktreeException.invalidField(
                    "offset_bytes", "is " + offset + ", but image " + image.getId() + " has " + image.getSizeBytes());
        }
        return offset > 0 && image.hasSizeBytes() && offset == image.getSizeBytes();
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

    /** How many bytes the image has. */
    private static long tell(Image image, Consumer<? super Message> responses) {
        responses.accept(DownloadImageResponse.newBuilder().setImage(image).build());
        return image.getSizeBytes();
    }

    /** How many bytes the image has. */
    private static long passOn(Image image, long offset, Answer answer, Consumer<? super Message> responses)
            throws IOException {
        long first = first(answer, offset);
        tell(image, responses);
        Verification verification = Verification.from(first, image);
        InputStream bytes = answer.body();
        for (long left = offset - first; left > 0; ) {
            byte[] unwanted = bytes.readNBytes((int) Math.min(left, CHUNK_BYTES));
            if (unwanted.length == 0) {
                break;
            }
            verification.add(unwanted);
            left -= unwanted.length;
        }
        for (byte[] chunk = bytes.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = bytes.readNBytes(CHUNK_BYTES)) {
            verification.add(chunk);
            responses.accept(DownloadImageResponse.newBuilder()
                    .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                    .build());
        }
        return verification.end();
    }

    /** With which byte of the image the answer begins: with the first where a Glance, or what is before it, knows no ranges. */
    private static long first(Answer answer, long offset) {
        if (answer.status() != PARTIAL) {
            return 0;
        }
        String range = answer.header("content-range").orElse("");
        if (!range.startsWith("bytes " + offset + "-")) {
            throw new UnreadableAnswerException("does not begin with byte " + offset + " but has the range: " + range);
        }
        return offset;
    }
}
