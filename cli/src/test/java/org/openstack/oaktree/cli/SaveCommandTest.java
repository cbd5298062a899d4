package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.image.v1.DownloadImageResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImagesGrpc;
import org.openstack.oaktree.v1.Location;

/** {@code image save}. */
class SaveCommandTest {
    private static final int CHUNK = 256 << 10;

    @TempDir
    private Path home;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(home.resolve("images"));
    }

    private CannedOaktree oaktree() {
        return new CannedOaktree(home, new ImagesGrpc.ImagesImplBase() {});
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[4 * CHUNK + 7];
        new Random(2).nextBytes(bytes);
        return bytes;
    }

    private static CannedOaktree sending(CannedOaktree oaktree, byte[] bytes) {
        oaktree.answer(
                "DownloadImage",
                DownloadImageResponse.newBuilder()
                        .setImage(Image.newBuilder().setId("i1").setSizeBytes(bytes.length))
                        .build());
        for (int from = 0; from < bytes.length; from += CHUNK) {
            oaktree.answer(
                    "DownloadImage",
                    DownloadImageResponse.newBuilder()
                            .setChunk(ByteString.copyFrom(bytes, from, Math.min(CHUNK, bytes.length - from)))
                            .build());
        }
        return oaktree;
    }

    private static CannedOaktree breakingOff(CannedOaktree oaktree) {
        return sending(oaktree, bytes())
                .fail("DownloadImage", Code.UNAVAILABLE, "CLOUD_UNREACHABLE", "The connection broke.");
    }

    private String[] names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
        }
    }

    @Test
    void aFileHasTheBytes() throws IOException {
        for (byte[] bytes : new byte[][] {bytes(), new byte[0]}) {
            Path file = folder.resolve("disk.raw");
            try (CannedOaktree oaktree = sending(oaktree(), bytes)) {
                assertThat(oaktree.run("image", "save", "disk", "--file", file.toString()))
                        .isEqualTo(new Run(0, "", ""));
                assertThat(oaktree.requests())
                        .containsExactly(DownloadImageRequest.newBuilder()
                                .setLocation(Location.getDefaultInstance())
                                .setImage("disk")
                                .build());
            }
            assertThat(file).hasBinaryContent(bytes);
            assertThat(names()).containsExactly("disk.raw");
        }
    }

    @Test
    void aNewFileIsAsTheUsersOthersAreAndAnOldOneStaysAsItIs() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        Path old = Files.writeString(folder.resolve("old"), "old");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw----"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), old);
        Path fresh = folder.resolve("new");
        for (Path file : new Path[] {fresh, link}) {
            try (CannedOaktree oaktree = sending(oaktree(), bytes())) {
                assertThat(oaktree.run("image", "save", "disk", "--file", file.toString())
                                .code())
                        .isZero();
            }
        }
        assertThat(Files.getPosixFilePermissions(fresh)).isEqualTo(Files.getPosixFilePermissions(plain));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-rw----");
        assertThat(link).isSymbolicLink();
        assertThat(old).hasBinaryContent(bytes());
    }

    @Test
    void aDownloadThatBreaksOffLeavesWhatWasThere() throws IOException {
        Path old = Files.writeString(folder.resolve("old"), "old");
        for (Path file : new Path[] {old, folder.resolve("new")}) {
            try (CannedOaktree oaktree = breakingOff(oaktree())) {
                Run run = oaktree.run("image", "save", "disk", "--file", file.toString());
                assertThat(run.code()).isEqualTo(ExitCode.FAILED);
                assertThat(run.err()).contains("The connection broke. (UNAVAILABLE, CLOUD_UNREACHABLE)");
            }
        }
        assertThat(names()).containsExactly("old");
        assertThat(old).hasContent("old");
    }

    @Test
    void standardOutputHasTheBytesAndNothingElse() {
        for (String[] words : new String[][] {{"image", "save", "disk"}, {"image", "save", "disk", "--file", "-"}}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (CannedOaktree oaktree = sending(oaktree(), bytes()).out(out).errTerminal(80)) {
                Run run = oaktree.run(words);
                assertThat(run.code()).isZero();
                assertThat(run.err()).contains("Saving disk").endsWith("\r\u001b[K");
            }
            assertThat(out.toByteArray()).isEqualTo(bytes());
        }
    }

    @Test
    void theRestOfTheBytesIsForWhatHasTheOthers() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CannedOaktree oaktree = sending(oaktree(), bytes()).out(out)) {
            assertThat(oaktree.run("image", "save", "i1", "--offset-bytes", "7").code())
                    .isZero();
            assertThat(oaktree.requests())
                    .containsExactly(DownloadImageRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setImage("i1")
                            .setOffsetBytes(7)
                            .build());
        }
        assertThat(out.toByteArray()).isEqualTo(bytes());
        try (CannedOaktree oaktree = sending(oaktree(), bytes())) {
            Path file = folder.resolve("disk");
            Run run = oaktree.run("image", "save", "i1", "--offset-bytes", "7", "--file", file.toString());
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains(">> " + file);
            assertThat(oaktree.requests()).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aTerminalGetsNoBytes() {
        try (CannedOaktree oaktree = sending(oaktree(), bytes()).terminal(80)) {
            Run run = oaktree.run("image", "save", "disk");
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("--file");
            assertThat(run.out()).isEmpty();
            assertThat(oaktree.requests()).isEmpty();
        }
    }

    @Test
    void aPipeThatNobodyReadsIsTheEnd() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (CannedOaktree oaktree = sending(oaktree(), bytes()).out(closed)) {
            assertThat(oaktree.run("image", "save", "disk")).isEqualTo(new Run(ExitCode.NOBODY_READS, "", ""));
        }
    }

    @Test
    void whatIsNoOrdinaryFileIsWrittenToAndStays() throws IOException {
        Path nothing = Path.of("/dev/null");
        try (CannedOaktree oaktree = sending(oaktree(), bytes())) {
            assertThat(oaktree.run("image", "save", "disk", "--file", nothing.toString()))
                    .isEqualTo(new Run(0, "", ""));
        }
        assertThat(Files.isRegularFile(nothing)).isFalse();
    }

    @Test
    void nothingIsFetchedForAFileThatCannotBeWritten() {
        try (CannedOaktree oaktree = sending(oaktree(), bytes())) {
            for (Path file : new Path[] {folder, folder.resolve("none").resolve("disk")}) {
                Run run = oaktree.run("image", "save", "disk", "--file", file.toString());
                assertThat(run.code()).isEqualTo(ExitCode.USAGE);
                assertThat(run.err()).contains("--file", file.toString());
            }
            assertThat(oaktree.requests()).isEmpty();
        }
    }
}
