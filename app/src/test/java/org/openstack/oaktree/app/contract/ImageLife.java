package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeRequest;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeResponse;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageResponse;
import org.openstack.oaktree.image.v1.CreateImageSnapshotRequest;
import org.openstack.oaktree.image.v1.CreateImageSnapshotResponse;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.DeleteImageRequest;
import org.openstack.oaktree.image.v1.DeleteImageResponse;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.image.v1.DownloadImageResponse;
import org.openstack.oaktree.image.v1.GetImageRequest;
import org.openstack.oaktree.image.v1.GetImageResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImageStatus;
import org.openstack.oaktree.image.v1.ListImagesRequest;
import org.openstack.oaktree.image.v1.ListImagesResponse;
import org.openstack.oaktree.image.v1.UpdateImageRequest;
import org.openstack.oaktree.image.v1.UpdateImageResponse;
import org.openstack.oaktree.image.v1.WaitForImageRequest;
import org.openstack.oaktree.image.v1.WaitForImageResponse;
import org.openstack.oaktree.v1.Location;

/** What an image lives through, from its creation to its end. A subclass says on which cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImageLife {
    private static final int PATIENCE = 170;
    static final int CHUNK = 256 << 10;

    final TestCloud cloud;

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Made before any case runs.
    private String server;

    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private int cases;

    ImageLife(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        served = new Served(cloud.cloudsYaml(folder), folder);
        server = makeServer();
    }

    @AfterEach
    void count() {
        cases++;
    }

    @AfterAll
    void close() {
        try {
            for (String id : List.copyOf(made)) {
                delete(id);
            }
            served.client()
                    .call(
                            "DeleteServer",
                            DeleteServerRequest.newBuilder()
                                    .setLocation(here())
                                    .setServer(server)
                                    .build());
        } finally {
            served.close();
            cloud.close();
        }
        System.out.println("images: " + cloud.name() + " " + cases + " cases");
    }

    private Location here() {
        return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
    }

    static String unique() {
        return "images-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private String makeServer() {
        CreateServerRequest request = PlainServer.request(served.client(), here()).toBuilder()
                .setName(unique())
                .setWait(true)
                .build();
        CreateServerResponse created = served.client().call("CreateServer", request, PATIENCE);
        return created.getServer().getId();
    }

    private List<Image> images() {
        return served.client()
                .<ListImagesResponse>call(
                        "ListImages",
                        ListImagesRequest.newBuilder()
                                .setLocation(here())
                                .setMaxAge(Duration.getDefaultInstance())
                                .build())
                .getImagesList();
    }

    final List<Image> named(String name) {
        return images().stream().filter(image -> image.getName().equals(name)).toList();
    }

    private Image get(String id) {
        return served.client()
                .<GetImageResponse>call(
                        "GetImage",
                        GetImageRequest.newBuilder()
                                .setLocation(here())
                                .setImage(id)
                                .build())
                .getImage();
    }

    private CreateImageSnapshotRequest.Builder snapshot(String name) {
        return CreateImageSnapshotRequest.newBuilder()
                .setLocation(here())
                .setName(name)
                .setServer(server);
    }

    private CreateImageSnapshotResponse create(CreateImageSnapshotRequest request) {
        CreateImageSnapshotResponse created = served.client().call("CreateImageSnapshot", request, PATIENCE);
        made.add(created.getImage().getId());
        return created;
    }

    private Image ready(String id) {
        Iterator<WaitForImageResponse> states = served.client().stream(
                "WaitForImage",
                WaitForImageRequest.newBuilder()
                        .setLocation(here())
                        .setImage(id)
                        .build(),
                PATIENCE);
        List<WaitForImageResponse> seen = new ArrayList<>();
        states.forEachRemaining(seen::add);
        assertThat(seen)
                .allSatisfy(state -> assertThat(state.getImage().getId()).isEqualTo(id));
        return seen.getLast().getImage();
    }

    private UpdateImageRequest.Builder update(String image) {
        return UpdateImageRequest.newBuilder().setLocation(here()).setImage(image);
    }

    private Image update(UpdateImageRequest.Builder request) {
        return served.client()
                .<UpdateImageResponse>call("UpdateImage", request.build())
                .getImage();
    }

    private DeleteImageResponse delete(String image) {
        made.remove(image);
        return served.client()
                .call(
                        "DeleteImage",
                        DeleteImageRequest.newBuilder()
                                .setLocation(here())
                                .setImage(image)
                                .setWait(true)
                                .build(),
                        PATIENCE);
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static FieldMask mask(String... names) {
        return FieldMask.newBuilder().addAllPaths(List.of(names)).build();
    }

    private static void fails(String reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(Client.reason(failure))
                                .as(failure.getMessage())
                                .isEqualTo(reason));
    }

    @Test
    void isMadeOfAServerWaitedForChangedAndDeleted() {
        String name = unique();
        CreateImageSnapshotRequest request = snapshot(name)
                .setProperties(Struct.newBuilder().putFields("team", text("green")))
                .build();
        CreateImageSnapshotResponse created = create(request);
        String id = created.getImage().getId();
        assertThat(created.getCreated()).isTrue();

        Image image = ready(id);
        assertThat(image.getStatus()).isEqualTo(ImageStatus.IMAGE_STATUS_ACTIVE);
        assertThat(image.getName()).isEqualTo(name);
        assertThat(image.getProperties().getFieldsMap()).containsEntry("team", text("green"));

        image = update(update(name)
                .setMinRamMib(64)
                .setMinDiskGib(1)
                .addTags("nightly")
                .setProperties(
                        Struct.newBuilder().putFields("team", text("blue")).putFields("a/b~c", text("odd"))));
        assertThat(image).isEqualTo(get(id));
        assertThat(image.getMinRamMib()).isEqualTo(64);
        assertThat(image.getMinDiskGib()).isEqualTo(1);
        assertThat(image.getTagsList()).containsExactly("nightly");
        assertThat(image.getProperties().getFieldsMap())
                .containsEntry("team", text("blue"))
                .containsEntry("a/b~c", text("odd"));

        Image same = update(update(id));
        assertThat(same).isEqualTo(image);

        image = update(update(id)
                .setName(name + "-renamed")
                .setIsProtected(true)
                .setUpdateMask(mask("name", "is_protected", "tags", "min_ram_mib", "properties"))
                .setProperties(Struct.newBuilder()
                        .putFields(
                                "a/b~c",
                                Value.newBuilder()
                                        .setNullValue(NullValue.NULL_VALUE)
                                        .build())
                        .putFields(
                                "never-there",
                                Value.newBuilder()
                                        .setNullValue(NullValue.NULL_VALUE)
                                        .build())));
        assertThat(image.getName()).isEqualTo(name + "-renamed");
        assertThat(image.getIsProtected()).isTrue();
        assertThat(image.getTagsList()).isEmpty();
        assertThat(image.getMinRamMib()).isZero();
        assertThat(image.getMinDiskGib()).as("what the mask does not name").isEqualTo(1);
        assertThat(image.getProperties().getFieldsMap())
                .containsEntry("team", text("blue"))
                .doesNotContainKey("a/b~c");

        fails("PERMISSION_DENIED FORBIDDEN_BY_POLICY", () -> delete(id));
        assertThat(update(update(id).setUpdateMask(mask("is_protected", "name")))
                        .getName())
                .isEmpty();
        DeleteImageResponse deleted = delete(id);
        assertThat(deleted.getDeleted()).isTrue();
        assertThat(deleted.getId()).isEqualTo(id);
        fails("NOT_FOUND RESOURCE_NOT_FOUND", () -> get(id));
        assertThat(delete(id).getDeleted()).isFalse();
    }

    @Test
    void isMadeOnceOfAServerHoweverOftenTheRequestComes() {
        CreateImageSnapshotRequest request =
                snapshot(unique()).setRequestId(unique()).setWait(true).build();
        CreateImageSnapshotResponse first = create(request);
        assertThat(first.getCreated()).isTrue();
        assertThat(first.getImage().getStatus()).isEqualTo(ImageStatus.IMAGE_STATUS_ACTIVE);
        CreateImageSnapshotResponse again = create(request);
        assertThat(again.getCreated()).isFalse();
        assertThat(again.getImage().getId()).isEqualTo(first.getImage().getId());
        fails(
                "ALREADY_EXISTS REQUEST_ID_REUSED",
                () -> create(request.toBuilder()
                        .setName(request.getName() + "-other")
                        .build()));
        assertThat(named(request.getName())).hasSize(1);
    }

    private CreateImageFromVolumeRequest.Builder ofVolume(String name) {
        return CreateImageFromVolumeRequest.newBuilder()
                .setLocation(here())
                .setName(name)
                .setVolume(name)
                .setDiskFormat("raw");
    }

    private Image create(CreateImageFromVolumeRequest request) {
        CreateImageFromVolumeResponse created = served.client().call("CreateImageFromVolume", request, PATIENCE);
        made.add(created.getImage().getId());
        assertThat(created.getCreated()).isTrue();
        return created.getImage();
    }

    @Test
    void isMadeOfAVolumeThatIsNotAvailableMeanwhile(@TempDir Path folder) throws IOException {
        String name = unique();
        try (StockApi user = new StockApi(cloud.cloudsYaml(folder), folder, cloud.cloud("demo"))) {
            String volume = StockApi.text(
                    user.create("block-storage", "/volumes", "volume", Map.of("name", name, "size", 1)), "id");
            Runnable isFree = () -> StockApi.until(
                    "the volume is available",
                    () -> StockApi.text(user.get("block-storage", "/volumes/" + volume, "volume"), "status")
                            .equals("available"));
            try {
                isFree.run();
                fails(
                        "INVALID_ARGUMENT REFUSED_BY_CLOUD",
                        () -> create(
                                ofVolume(name).setDiskFormat("no-such-format").build()));
                assertThat(named(name)).isEmpty();
                Image begun = create(ofVolume(name).build());
                assertThat(begun.getName()).isEqualTo(name);
                fails(
                        "INVALID_ARGUMENT REFUSED_BY_CLOUD",
                        () -> create(ofVolume(name).build()));
                Image image = ready(begun.getId());
                assertThat(image.getStatus()).isEqualTo(ImageStatus.IMAGE_STATUS_ACTIVE);
                assertThat(image.getDiskFormat()).isEqualTo("raw");
                assertThat(image.getContainerFormat()).isEqualTo("bare");
                isFree.run();
                Image waited = create(ofVolume(name).setWait(true).build());
                assertThat(waited.getStatus()).isEqualTo(ImageStatus.IMAGE_STATUS_ACTIVE);
                assertThat(named(name))
                        .extracting(Image::getId)
                        .containsExactlyInAnyOrder(begun.getId(), waited.getId());
            } finally {
                isFree.run();
                user.delete("block-storage", "/volumes/" + volume);
            }
        }
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(ofVolume(name).clearVolume().build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(ofVolume(name).clearName().build()));
    }

    @Test
    void isNotMadeOfWhatIsNotThere() {
        String name = unique();
        fails(
                "NOT_FOUND RESOURCE_NOT_FOUND",
                () -> create(snapshot(name).setServer("no-such-server").build()));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> create(snapshot(name).clearServer().build()));
        fails("INVALID_ARGUMENT INVALID_FIELD", () -> create(snapshot("").build()));
        fails(
                "NOT_FOUND RESOURCE_NOT_FOUND",
                () -> create(ofVolume(name).setVolume("no-such-volume").build()));
        assertThat(named(name)).isEmpty();
    }

    @Test
    void changesOnlyWhatAMaskNames() {
        String id = create(snapshot(unique()).setWait(true).build()).getImage().getId();
        Image before = get(id);
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> update(update(id).setName("other").setMinRamMib(1).setUpdateMask(mask("name"))));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> update(update(id).setName("other").setUpdateMask(mask("*"))));
        fails("INVALID_ARGUMENT INVALID_FIELD", () -> update(update(id).setUpdateMask(mask("location"))));
        fails("INVALID_ARGUMENT INVALID_FIELD", () -> update(update(id).setUpdateMask(mask("properties"))));
        fails(
                "INVALID_ARGUMENT INVALID_FIELD",
                () -> update(update(id).setProperties(Struct.newBuilder().putFields("min_ram", text("1")))));
        fails("INVALID_ARGUMENT REFUSED_BY_CLOUD", () -> update(update(id).setVisibility("nobody")));
        fails(
                "NOT_FOUND RESOURCE_NOT_FOUND",
                () -> update(update("no-such-image").setName("other")));
        assertThat(get(id)).isEqualTo(before);
    }

    final CreateImageSpec.Builder spec(String name) {
        return CreateImageSpec.newBuilder().setLocation(here()).setName(name).setDiskFormat("raw");
    }

    final Upload begin(CreateImageSpec spec) {
        return new Upload(served.client(), spec);
    }

    private CreateImageResponse upload(CreateImageSpec spec, byte[] bytes) throws InterruptedException {
        Upload upload = begin(spec);
        for (int from = 0; from < bytes.length; from += CHUNK) {
            if (!upload.send(ByteString.copyFrom(bytes, from, Math.min(CHUNK, bytes.length - from)), PATIENCE)) {
                break;
            }
        }
        return finished(upload);
    }

    final CreateImageResponse finished(Upload upload) throws InterruptedException {
        CreateImageResponse response = upload.finish();
        made.add(response.getImage().getId());
        return response;
    }

    final DownloadImageRequest download(String image) {
        return DownloadImageRequest.newBuilder()
                .setLocation(here())
                .setImage(image)
                .build();
    }

    /** The bytes of the image, when the stream ends well. */
    final byte[] downloaded(String image) {
        return downloaded(download(image));
    }

    /** The bytes that the request asks for, when the stream ends well. */
    final byte[] downloaded(DownloadImageRequest request) {
        Iterator<DownloadImageResponse> messages = served.client().stream("DownloadImage", request, PATIENCE);
        DownloadImageResponse first = messages.next();
        assertThat(first.hasImage()).isTrue();
        ByteString.Output bytes = ByteString.newOutput();
        messages.forEachRemaining(message -> {
            assertThat(message.hasChunk()).isTrue();
            assertThat(message.getChunk().size()).isBetween(1, CHUNK);
            append(message.getChunk(), bytes);
        });
        assertThat(first.getImage().getSizeBytes()).isEqualTo(request.getOffsetBytes() + bytes.size());
        return bytes.toByteString().toByteArray();
    }

    private static void append(ByteString chunk, OutputStream bytes) {
        try {
            chunk.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isDownloadedAsItWasSent() throws Exception {
        for (int length : List.of(1, CHUNK, (3 << 20) + 17)) {
            byte[] bytes = random(length);
            String name = unique();
            String id = upload(spec(name).build(), bytes).getImage().getId();
            assertThat(downloaded(length == CHUNK ? name : id)).isEqualTo(bytes);
        }
    }

    @Test
    void isDownloadedFromWhereAnEarlierDownloadEnded() throws Exception {
        byte[] bytes = random(2 * CHUNK + 17);
        String id = upload(spec(unique()).build(), bytes).getImage().getId();
        for (int offset : List.of(1, CHUNK, bytes.length - 1, bytes.length)) {
            DownloadImageRequest rest =
                    download(id).toBuilder().setOffsetBytes(offset).build();
            assertThat(downloaded(rest))
                    .as("from " + offset)
                    .isEqualTo(Arrays.copyOfRange(bytes, offset, bytes.length));
        }
        for (long wrong : List.of(-1L, bytes.length + 1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            DownloadImageRequest none =
                    download(id).toBuilder().setOffsetBytes(wrong).build();
            fails("INVALID_ARGUMENT INVALID_FIELD", () -> downloaded(none));
        }
    }

    @Test
    void isNotDownloadedWhenItIsNotThereOrHasNoBytes() throws Exception {
        fails("NOT_FOUND RESOURCE_NOT_FOUND", () -> downloaded("no-such-image"));
        String name = unique();
        Upload unfinished = begin(spec(name).build());
        unfinished.send(ByteString.copyFrom(random(17)), 60);
        StockApi.until("the image is there", () -> !named(name).isEmpty());
        fails("FAILED_PRECONDITION WRONG_STATE", () -> downloaded(name));
        unfinished.cancel();
        vanishes(name);
    }

    private void failsToFinish(String reason, Upload upload) {
        assertThatThrownBy(() -> finished(upload))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(Client.reason(failure))
                                .as(failure.getMessage())
                                .isEqualTo(reason));
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody is told when the image of a client who left is gone: it is looked for until it is. */
    final void vanishes(String name) {
        Instant late = Instant.now().plusSeconds(60);
        while (!named(name).isEmpty()) {
            assertThat(Instant.now()).as("image %s is left", name).isBefore(late);
        }
    }

    @Test
    void arrivesAsItWasSentAndIsNotSentTwice() throws Exception {
        String name = unique();
        byte[] bytes = random(3 * CHUNK + 17);
        CreateImageSpec spec = spec(name)
                .setRequestId(unique())
                .setMd5(hash("MD5", bytes).toUpperCase(Locale.ROOT))
                .setSha256(hash("SHA-256", bytes))
                .setSizeBytes(bytes.length)
                .setMinRamMib(64)
                .addTags("nightly")
                .setProperties(Struct.newBuilder().putFields("team", text("green")))
                .build();
        CreateImageResponse created = upload(spec, bytes);
        Image image = created.getImage();
        assertThat(created.getCreated()).isTrue();
        assertThat(image.getStatus()).isEqualTo(ImageStatus.IMAGE_STATUS_ACTIVE);
        assertThat(image.getName()).isEqualTo(name);
        assertThat(image.getDiskFormat()).isEqualTo("raw");
        assertThat(image.getContainerFormat()).isEqualTo("bare");
        assertThat(image.getMinRamMib()).isEqualTo(64);
        assertThat(image.getTagsList()).containsExactly("nightly");
        assertThat(image.getSizeBytes()).isEqualTo(bytes.length);
        assertThat(image.getChecksum()).isEqualTo(hash("MD5", bytes));
        assertThat(image.getHashAlgorithm()).isEqualTo("sha512");
        assertThat(image.getHashValue()).isEqualTo(hash("SHA-512", bytes));
        assertThat(image.getProperties().getFieldsMap())
                .containsEntry("team", text("green"))
                .containsEntry("owner_specified.shade.sha256", text(spec.getSha256()));
        assertThat(get(image.getId())).isEqualTo(image);

        CreateImageResponse again = finished(begin(spec));
        assertThat(again.getCreated()).as("a repeat, answered before any chunk").isFalse();
        assertThat(again.getImage()).isEqualTo(image);
        CreateImageSpec withoutHashes =
                spec.toBuilder().clearMd5().clearSha256().build();
        failsToFinish("ALREADY_EXISTS REQUEST_ID_REUSED", begin(withoutHashes));
        CreateImageResponse sameBytes =
                finished(begin(spec(name).setMd5(spec.getMd5()).build()));
        assertThat(sameBytes.getCreated()).as("the same name and hash").isFalse();
        assertThat(sameBytes.getImage()).isEqualTo(image);
        assertThat(named(name)).hasSize(1);

        CreateImageResponse second =
                upload(spec(name).setMd5(spec.getMd5()).setAllowDuplicates(true).build(), bytes);
        assertThat(second.getCreated()).isTrue();
        assertThat(named(name)).hasSize(2);
    }

    @Test
    void isMadeOfBytesOfWhichNothingIsSaid() throws Exception {
        byte[] bytes = random(2 * CHUNK + 5);
        CreateImageSpec spec = spec(unique()).setRequestId(unique()).build();
        CreateImageResponse created = upload(spec, bytes);
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getImage().getChecksum()).isEqualTo(hash("MD5", bytes));
        assertThat(created.getImage().getHashValue()).isEqualTo(hash("SHA-512", bytes));
        CreateImageResponse again = upload(spec, bytes);
        assertThat(again.getCreated()).isFalse();
        assertThat(again.getImage()).isEqualTo(created.getImage());
    }

    @Test
    void isNotLeftWhenItsBytesAreNotWhatWasSaid() throws Exception {
        byte[] bytes = random(CHUNK + 9);
        String name = unique();
        assertThatThrownBy(() -> upload(spec(name).setMd5("0".repeat(32)).build(), bytes))
                .hasMessageContaining(hash("MD5", bytes))
                .hasMessageContaining("was deleted again");
        for (CreateImageSpec wrong : List.of(
                spec(name).setSha256("0".repeat(64)).build(),
                spec(name).setSizeBytes(bytes.length - 1).build(),
                spec(name).setSizeBytes(bytes.length + 1).build(),
                spec(name).setMd5("no hash").build(),
                spec(name).setSizeBytes(-1).build(),
                spec("").build())) {
            fails("INVALID_ARGUMENT INVALID_FIELD", () -> {
                try {
                    upload(wrong, bytes);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(named(name)).as(wrong.toString()).isEmpty();
        }
    }

    @Test
    void isNotLeftWhenItsMessagesMakeNoSense() throws Exception {
        String name = unique();
        ByteString bytes = ByteString.copyFrom(random(1000));
        for (CreateImageRequest wrong : List.of(
                CreateImageRequest.newBuilder()
                        .setChunk(bytes)
                        .setOffsetBytes(1)
                        .build(),
                CreateImageRequest.newBuilder().setSpec(spec(name)).build(),
                CreateImageRequest.getDefaultInstance(),
                CreateImageRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(new byte[(1 << 20) + 1]))
                        .build())) {
            Upload upload = begin(spec(name).build());
            upload.send(bytes, PATIENCE);
            upload.send(wrong);
            failsToFinish("INVALID_ARGUMENT INVALID_FIELD", upload);
            assertThat(named(name)).as(wrong.toString()).isEmpty();
        }
    }

    @Test
    void isNotLeftWhenItsClientFallsAsleep() throws Exception {
        String name = unique();
        Upload asleep =
                begin(spec(name).setTimeout(Duration.newBuilder().setSeconds(5)).build());
        asleep.send(ByteString.copyFrom(random(CHUNK)), PATIENCE);
        assertThatThrownBy(asleep::answer)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(Client.reason(failure)).isEqualTo("DEADLINE_EXCEEDED WAIT_TIMED_OUT"));
        assertThat(named(name)).isEmpty();
    }

    @Test
    void isNotLeftWhenItsClientLeavesAndIsMadeByTheNextOne() throws Exception {
        byte[] bytes = random(4 * CHUNK);
        CreateImageSpec spec = spec(unique()).setRequestId(unique()).build();
        for (int i = 0; i < 2; i++) {
            Upload broken = begin(spec);
            while (broken.sent() < 2 * CHUNK) {
                assertThat(broken.send(ByteString.copyFrom(bytes, (int) broken.sent(), CHUNK), PATIENCE))
                        .isTrue();
            }
            Instant late = Instant.now().plusSeconds(60);
            while (named(spec.getName()).isEmpty()) {
                assertThat(Instant.now()).isBefore(late);
            }
            broken.cancel();
            vanishes(spec.getName());
        }
        CreateImageResponse created = upload(spec, bytes);
        assertThat(created.getCreated()).isTrue();
        assertThat(created.getImage().getChecksum()).isEqualTo(hash("MD5", bytes));
        assertThat(named(spec.getName())).hasSize(1);
    }
}
