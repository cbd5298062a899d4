package org.openstack.oaktree.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** Whatever stands in the files: it is read, or it is an error of the configuration. */
class HostileFilesTest {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "? ",
            "&a ",
            "*a",
            "!!int ",
            "!x ",
            "<<: ",
            "|\n",
            ">\n",
            "'",
            "\"",
            "#",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "\t",
            "\n",
            "\r",
            "\u0000",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "~",
            "=",
            "1:30",
            "0x",
            "1_",
            ".inf",
            "2020-13-01",
            "\\",
            "{region_name}",
            "{{",
            "auth",
            "clouds:\n",
            "regions:\n",
            "networks:\n",
            "\uD83D\uDE00");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changedFilesAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> originals = originals();
        int read = 0;
        for (int i = 0; i < 500; i++) {
            byte[] changed = originals.get(random.nextInt(originals.size()));
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed = change(changed, random);
            }
            read += use(changed);
        }
        // The changes are small enough that some files stay readable and some do not.
        assertThat(read).isBetween(1, 499);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void arbitraryBytesAreReadOrRefused(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                for (int b = 0; b < bytes.length; b++) {
                    bytes[b] = (byte) (bytes[b] & 0x7f);
                }
            }
            use(bytes);
        }
    }

    @Test
    void depthIsLimited() {
        assertRefused("clouds: " + "[".repeat(100_000), "nested deeper");
        assertRefused("clouds: " + "{a: ".repeat(100_000), "nested deeper");
        assertRefused("- ".repeat(100_000), "nested deeper");
    }

    @Test
    void aliasesCountAsOftenAsTheyAreUsed() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
        }
        assertRefused(text.toString(), "aliases counted");
        assertRefused("a: &a [*a]\n", "an alias");
    }

    @Test
    void sizeIsLimited() {
        assertRefused("# " + "x".repeat(4 * 1024 * 1024), "longer than 4 MiB");
    }

    @Test
    void longValuesAreText() {
        for (String value :
                List.of("1".repeat(100_000), "1" + ":1".repeat(100_000), "1_".repeat(100_000), ".".repeat(9999))) {
            CloudsConfiguration configuration =
                    CloudsTestFiles.load(directory, CloudsTestFiles.cloud("image_format: " + value));
            assertThat(configuration.cloud("", "").settings()).containsEntry("image_format", value);
        }
    }

    @Test
    void jsonIsLimitedToo() throws IOException {
        Files.writeString(directory.resolve("clouds.json"), "[".repeat(100_000));
        assertThatThrownBy(() -> CloudsConfiguration.load(CloudsTestFiles.environment(directory, Map.of())))
                .isInstanceOf(OaktreeException.class)
                .hasMessageContaining("clouds.json: it is not JSON");
    }

    /** 1 when the file could be read. */
    private int use(byte[] file) {
        CloudsConfiguration configuration;
        try {
            configuration = CloudsTestFiles.load(directory, file);
        } catch (OaktreeException e) {
            assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED);
            return 0;
        }
        for (String cloud : configuration.cloudNames()) {
            assertThat(configuration.describe(cloud).lines()).isNotEmpty();
            try {
                CloudConfig config = configuration.cloud(cloud, "");
                assertThat(config.settings()).doesNotContainValue(null);
            } catch (OaktreeException e) {
                assertThat(e.reason())
                        .isIn(
                                ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED,
                                ErrorReason.ERROR_REASON_UNKNOWN_CLOUD,
                                ErrorReason.ERROR_REASON_UNKNOWN_REGION);
            }
        }
        return 1;
    }

    private void assertRefused(String text, String words) {
        assertThatThrownBy(() -> CloudsTestFiles.load(directory, text))
                .isInstanceOf(OaktreeException.class)
                .hasMessageContaining("clouds.yaml")
                .hasMessageContaining(words);
    }

    private static List<byte[]> originals() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/config/cases"))) {
            List<byte[]> originals = new ArrayList<>();
            for (Path file : files.filter(file -> file.endsWith("clouds.yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()) {
                originals.add(Files.readAllBytes(file));
            }
            return originals;
        }
    }

    private static byte[] change(byte[] file, Random random) {
        int at = random.nextInt(file.length + 1);
        int end = Math.min(file.length, at + random.nextInt(12));
        byte[] head = Arrays.copyOf(file, at);
        byte[] tail = Arrays.copyOfRange(file, end, file.length);
        byte[] piece = switch (random.nextInt(4)) {
            case 0 -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[] {(byte) random.nextInt()};
            case 2 -> Arrays.copyOfRange(file, random.nextInt(file.length + 1) / 2, file.length);
            default -> new byte[0];
        };
        byte[] changed = Arrays.copyOf(head, head.length + piece.length + tail.length);
        System.arraycopy(piece, 0, changed, head.length, piece.length);
        System.arraycopy(tail, 0, changed, head.length + piece.length, tail.length);
        return changed;
    }
}
