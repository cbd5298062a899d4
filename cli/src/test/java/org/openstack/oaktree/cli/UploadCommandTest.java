package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageResponse;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImagesGrpc;
import org.openstack.oaktree.v1.Location;

/** {@code image create --file}. */
class UploadCommandTest {
    private static final int SIZE = (1 << 20) + 7;

    @TempDir
    private Path home;

    private CannedOaktree oaktree() {
        return new CannedOaktree(home, new ImagesGrpc.ImagesImplBase() {});
    }

    private static CreateImageResponse made() {
        return CreateImageResponse.newBuilder()
                .setImage(Image.newBuilder().setId("i1").setName("disk"))
                .setCreated(true)
                .build();
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static ByteString sent(CannedOaktree oaktree) {
        return oaktree.requests().stream()
                .skip(1)
                .map(request -> ((CreateImageRequest) request).getChunk())
                .reduce(ByteString.EMPTY, ByteString::concat);
    }

    @Test
    void sendsTheSpecThenTheFileInChunks() throws IOException {
        Path file = Files.write(home.resolve("disk.raw"), bytes());
        try (CannedOaktree oaktree = oaktree().answer("CreateImage", made())) {
            Run run = oaktree.run(
                    "image",
                    "create",
                    "disk",
                    "--file",
                    file.toString(),
                    "--disk-format",
                    "raw",
                    "--property",
                    "a=b",
                    "-f",
                    "value",
                    "-c",
                    "id");
            assertThat(run).isEqualTo(new Run(0, "i1\n", ""));
            CreateImageSpec spec = ((CreateImageRequest) oaktree.requests().getFirst()).getSpec();
            assertThat(spec.toBuilder().clearProperties().build())
                    .isEqualTo(CreateImageSpec.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setName("disk")
                            .setDiskFormat("raw")
                            .setSizeBytes(SIZE)
                            .build());
            assertThat(spec.getProperties().getFieldsOrThrow("a").getStringValue())
                    .isEqualTo("b");
            assertThat(oaktree.requests()).hasSize(6);
            assertThat(sent(oaktree)).isEqualTo(ByteString.copyFrom(bytes()));
        }
    }

    @Test
    void takesStandardInputOfUnknownSize() {
        InputStream before = System.in;
        try (CannedOaktree oaktree = oaktree().answer("CreateImage", made())) {
            System.setIn(new ByteArrayInputStream(bytes()));
            assertThat(oaktree.run("image", "create", "disk", "--file", "-").code())
                    .isZero();
            assertThat(((CreateImageRequest) oaktree.requests().getFirst())
                            .getSpec()
                            .hasSizeBytes())
                    .isFalse();
            assertThat(sent(oaktree)).isEqualTo(ByteString.copyFrom(bytes()));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void showsHowItGoesOnATerminalOnly() throws IOException {
        Path file = Files.write(home.resolve("disk.raw"), bytes());
        try (CannedOaktree oaktree = oaktree().answer("CreateImage", made()).terminal(80)) {
            assertThat(oaktree.run("image", "create", "disk", "--file", file.toString(), "-f", "value", "-c", "id"))
                    .isEqualTo(new Run(0, "i1\n", ""));
            Run shown = oaktree.errTerminal(80)
                    .run("image", "create", "disk", "--file", file.toString(), "-f", "value", "-c", "id");
            assertThat(shown.out()).isEqualTo("i1\n");
            assertThat(shown.err()).endsWith("\r\u001b[K");
        }
    }

    @Test
    void aRefusalEndsIt() throws IOException {
        Path file = Files.write(home.resolve("disk.raw"), bytes());
        try (CannedOaktree oaktree =
                oaktree().fail("CreateImage", Code.INVALID_ARGUMENT, "INVALID_FIELD", "No such format.")) {
            Run run = oaktree.run("image", "create", "disk", "--file", file.toString());
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("No such format. (INVALID_ARGUMENT, INVALID_FIELD)");
        }
    }

    @Test
    void nothingIsSentOfAFileThatCannotBeRead() {
        try (CannedOaktree oaktree = oaktree().answer("CreateImage", made())) {
            for (String file : List.of(home.resolve("none").toString(), home.toString())) {
                Run run = oaktree.run("image", "create", "disk", "--file", file);
                assertThat(run.code()).isEqualTo(ExitCode.USAGE);
                assertThat(run.err()).contains("--file", file);
            }
            assertThat(oaktree.run("image", "create", "disk").code()).isEqualTo(ExitCode.USAGE);
            assertThat(oaktree.requests()).isEmpty();
        }
    }
}
