package org.openstack.oaktree.image;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageResponse;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.resource.Draft;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Reader;
import org.openstack.oaktree.v1.ErrorReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes images of bytes that a client sends. The record comes first, under an ID that is known before it is asked for, then the bytes;
 * whatever goes wrong after that takes the record away again. An ID that was deleted is never free again: the next one in the row of a
 * request_id is taken then.
 */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String OPERATION = "CreateImage";
    private static final int MOST_IDS = 32;
    private static final Duration TIME_TO_UNDO = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final ResourceAccess images;

    Uploads(ResourceAccess images) {
        this.images = images;
    }

    CreateImageResponse create(Iterator<CreateImageRequest> requests) {
        CreateImageSpec spec = Spec.of(requests);
        Hashes said = Hashes.of(spec);
        Cloud cloud = images.placeOfNew(spec);
        Instant end = images.end(spec);
        Work work = new Work(cloud, spec, said, new Relay(requests, spec, said));
        return Call.current()
                .withDeadline(end)
                .<CreateImageResponse, RuntimeException>run(
                        () -> images.inTurn(cloud, spec.getRequestId(), work::answer));
    }

    /** One upload. */
    private final class Work {
        private final Cloud cloud;
        private final CreateImageSpec spec;
        private final Hashes said;
        private final Relay relay;

        Work(Cloud cloud, CreateImageSpec spec, Hashes said, Relay relay) {
            this.cloud = cloud;
            this.spec = spec;
            this.said = said;
            this.relay = relay;
        }

        CreateImageResponse answer() {
            Draft draft = draft();
            Optional<Image> same = spec.getAllowDuplicates() || !said.areSaid() ? Optional.empty() : same();
            if (same.isPresent()) {
                return response(same.get(), false);
            }
            if (spec.getRequestId().isEmpty()) {
                String id = UUID.randomUUID().toString();
                postOwn(draft, id);
                return upload(id, true);
            }
            for (int n = 0; n < MOST_IDS; n++) {
                String id = derived(n);
                Optional<CreateImageResponse> answer = post(draft, id) ? Optional.of(upload(id, true)) : goneOn(id);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            throw images.error(
                            cloud,
                            ErrorReason.ERROR_REASON_CONFLICT,
                            MOST_IDS + " uploads with this request_id failed or were deleted; choose a new one")
                    .build();
        }

        /** An image with the name and the hashes of the spec. */
        private Optional<Image> same() {
            String project = cloud.project().getId();
            return images.named(cloud, spec.getName()).stream()
                    .map(Image.class::cast)
                    .filter(image -> image.getStatusText().equals("active")
                            && image.getLocation().getProject().getId().equals(project)
                            && said.fit(image))
                    .findFirst();
        }

        private Draft draft() {
            Draft draft = images.draft(cloud, spec);
            Map<String, @Nullable Object> members = draft.members();
            members.put("disk_format", Formats.disk(cloud, spec.getDiskFormat()));
            members.put("container_format", Formats.container(spec.getContainerFormat()));
            members.putAll(images.mark(spec));
            return draft;
        }

        /** The n-th ID of the request_id in this place: the same in every oaktree. */
        private String derived(int n) {
            String text = String.join(
                    "\n",
                    "oaktree image",
                    cloud.config().region(),
                    cloud.project().getId(),
                    spec.getRequestId(),
                    String.valueOf(n));
            try {
                ByteBuffer hash = ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
                long high = (hash.getLong() & ~0xf000L) | 0x8000L;
                long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
                return new UUID(high, low).toString();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Makes a record of an ID that nobody else knows: what is there was made by this call, though the cloud said it had not. */
        private void postOwn(Draft draft, String id) {
            if (!post(draft, id) && !isThere(id)) {
                throw images.error(
                                cloud,
                                ErrorReason.ERROR_REASON_CONFLICT,
                                "the cloud refused the new image " + id + " as one that is there already")
                        .build();
            }
        }

        /** Makes the record; false: there is one of that ID, or was. */
        private boolean post(Draft draft, String id) {
            draft.members().put("id", id);
            try {
                images.write(cloud, draft.post(OPERATION), Reader.ignoringBody());
                return true;
            } catch (OaktreeException e) {
                if (e.httpStatus() == 409) {
                    return false;
                }
                // Done, but the answer was lost: nobody else knows the ID.
                if (e.reason() == ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN && isThere(id)) {
                    return true;
                }
                if (e.reason() == ErrorReason.ERROR_REASON_REFUSED_BY_CLOUD) {
                    // Glance looks at some parts of a record only when it has made the rest.
                    undoRecord(id);
                }
                throw e;
            } catch (CancellationException e) {
                undoRecord(id);
                throw e;
            }
        }

        private boolean isThere(String id) {
            try {
                return images.byId(cloud, id).isPresent();
            } catch (OaktreeException e) {
                undoRecord(id);
                return false;
            }
        }

        /** Takes away a record that this call may have made; what has bytes was there before. */
        private void undoRecord(String id) {
            afterwards(id, () -> {
                boolean isEmpty = images.byId(cloud, id)
                        .filter(image -> ((Image) image).getStatusText().equals("queued"))
                        .isPresent();
                if (isEmpty) {
                    images.delete(cloud, id, Map.of(), OPERATION);
                }
            });
        }

        /** What became of the record that an earlier request made; empty: it is gone. */
        private Optional<CreateImageResponse> goneOn(String id) {
            while (true) {
                Optional<Message> earlier = images.byId(cloud, id);
                if (earlier.isEmpty()) {
                    return Optional.empty();
                }
                images.checkRepeated(cloud, spec, earlier.get());
                Image image = (Image) earlier.get();
                switch (image.getStatusText()) {
                    case "active", "deactivated" -> {
                        return Optional.of(response(image, false));
                    }
                    case "queued" -> {
                        return Optional.of(upload(id, false));
                    }
                    case "killed", "deleted", "pending_delete" -> {
                        return Optional.empty();
                    }
                    default -> pause(id);
                }
            }
        }

        private void pause(String id) {
            if (Call.current().remaining().compareTo(BETWEEN_LOOKS) < 0) {
                throw images.error(
                                cloud,
                                ErrorReason.ERROR_REASON_WAIT_TIMED_OUT,
                                "image " + id + " is still being uploaded by an earlier call with this request_id")
                        .build();
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the call ended");
            }
        }

        private CreateImageResponse upload(String id, boolean isOwn) {
            try {
                put(id);
                return response(verified(id), true);
            } catch (RuntimeException e) {
                if (!isOwn && e instanceof OaktreeException refused && refused.httpStatus() == 409) {
                    // Another call with this request_id was faster; the image is that one's.
                    throw e;
                }
                throw undone(id, relay.failure().orElse(e));
            }
        }

        /** The failure to be told, when the image is away. */
        private RuntimeException undone(String id, RuntimeException cause) {
            if (!(cause instanceof OaktreeException known)) {
                undo(id);
                return cause;
            }
            return Call.current()
                    .<OaktreeException>afterwards(TIME_TO_UNDO, () -> images.undone(cloud, id, OPERATION, known));
        }

        private void put(String id) {
            Body body = Body.stream(() -> relay, relay.length(), "application/octet-stream", false);
            try {
                images.write(
                        cloud,
                        images.request("PUT", id, "file")
                                .operation("UploadImage")
                                .body(body)
                                .build(),
                        Reader.ignoringBody());
            } catch (OaktreeException e) {
                // All bytes were sent, and only the answer was lost: the image tells.
                if (!relay.isComplete() || e.reason() != ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN) {
                    throw e;
                }
            }
        }

        /** The image as the cloud has it, which must be what was sent. */
        private Image verified(String id) {
            Image image = (Image)
                    images.byId(cloud, id).orElseThrow(() -> failed(id, "was deleted while its bytes were uploaded"));
            if (!image.getStatusText().equals("active")) {
                image = (Image) images.awaited(
                        cloud, id, OPERATION, Instant.now().plus(Call.current().remaining()));
            }
            if (image.getSizeBytes() != relay.count()) {
                throw failed(
                        id, "has " + image.getSizeBytes() + " bytes in the cloud, but " + relay.count() + " were sent");
            }
            if (!image.getChecksum().isEmpty() && !image.getChecksum().equalsIgnoreCase(relay.md5())) {
                throw failed(
                        id,
                        "has other bytes in the cloud than were sent: their MD5 is " + image.getChecksum() + ", not "
                                + relay.md5());
            }
            return image;
        }

        private OaktreeException failed(String id, String what) {
            return images.error(cloud, ErrorReason.ERROR_REASON_RESOURCE_FAILED, "image " + id + " " + what)
                    .build();
        }

        private void undo(String id) {
            afterwards(id, () -> images.delete(cloud, id, Map.of(), OPERATION));
        }

        /** For who is not there any more to be told whether it worked. */
        private void afterwards(String id, Runnable removal) {
            Call.current().afterwards(TIME_TO_UNDO, () -> {
                try {
                    removal.run();
                } catch (OaktreeException e) {
                    LOG.warn("image {} of an upload that ended early could not be deleted: {}", id, e.getMessage());
                }
                return id;
            });
        }
    }

    private static CreateImageResponse response(Image image, boolean isNew) {
        return CreateImageResponse.newBuilder()
                .setImage(image)
                .setCreated(isNew)
                .build();
    }
}
