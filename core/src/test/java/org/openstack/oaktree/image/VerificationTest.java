package org.openstack.oaktree.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.rest.UnreadableAnswerException;

class VerificationTest {
    private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.US_ASCII);
    private static final String WRONG = "00";

    private static String hash(String algorithm) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(BYTES));
    }

    private static long verify(Image.Builder image) {
        Verification verification = Verification.from(0, image.build());
        verification.add(BYTES);
        return verification.end();
    }

    private static void isRefused(Image.Builder image) {
        assertThatThrownBy(() -> verify(image)).isInstanceOf(UnreadableAnswerException.class);
    }

    @Test
    void knowsGlancesNamesOfAlgorithms() throws Exception {
        for (Map.Entry<String, String> name : Map.of(
                        "sha512", "SHA-512", "sha256", "SHA-256", "sha1", "SHA-1", "sha3_256", "SHA3-256", "md5", "MD5")
                .entrySet()) {
            Image.Builder image = Image.newBuilder()
                    .setHashAlgorithm(name.getKey())
                    .setHashValue(hash(name.getValue()).toUpperCase(java.util.Locale.ROOT))
                    .setChecksum(WRONG);
            assertThat(verify(image)).as(name.getKey()).isEqualTo(BYTES.length);
            isRefused(image.setHashValue(WRONG).setChecksum(hash("MD5")));
        }
    }

    @Test
    void takesTheMd5WhereThereIsNothingBetter() throws Exception {
        for (Image.Builder image : new Image.Builder[] {
            Image.newBuilder(),
            Image.newBuilder().setHashAlgorithm("blake2b").setHashValue(WRONG),
            Image.newBuilder().setHashAlgorithm("sha512")
        }) {
            assertThat(verify(image.setChecksum(hash("MD5")))).isEqualTo(BYTES.length);
            isRefused(image.setChecksum(WRONG));
        }
    }

    @Test
    void countsWhateverElseIsKnown() {
        assertThat(verify(Image.newBuilder())).isEqualTo(BYTES.length);
        assertThat(verify(Image.newBuilder().setSizeBytes(BYTES.length))).isEqualTo(BYTES.length);
        isRefused(Image.newBuilder().setSizeBytes(BYTES.length - 1));
        isRefused(Image.newBuilder().setSizeBytes(BYTES.length + 1));
    }
}
