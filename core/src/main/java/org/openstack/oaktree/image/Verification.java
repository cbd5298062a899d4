package org.openstack.oaktree.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.rest.UnreadableAnswerException;

/**
 * Compares the bytes that a cloud sends with what it says of them: their number, and the better one of the hashes that it knows and Java can
 * compute. For one thread.
 */
final class Verification {
    private final Image image;
    private final String said;
    private final @Nullable MessageDigest digest;
    private long count;

    private Verification(Image image, long count, String said, @Nullable MessageDigest digest) {
        this.image = image;
        this.count = count;
        this.said = said;
        this.digest = digest;
    }

    /**
     * Of the bytes from there to the end.
     *
     * @param first number of bytes before; of what is not whole only the number of bytes is known
     */
    static Verification from(long first, Image image) {
        if (first > 0) {
            return new Verification(image, first, "", null);
        }
        MessageDigest best = image.getHashValue().isEmpty() ? null : digest(image.getHashAlgorithm());
        return best == null && !image.getChecksum().isEmpty()
                ? new Verification(image, 0, image.getChecksum(), digest("md5"))
                : new Verification(image, 0, image.getHashValue(), best);
    }

    /** Python's names of algorithms are not Java's: {@code sha512}, {@code sha3_256}. Null: there is none of that name. */
    private static @Nullable MessageDigest digest(String name) {
        String java = name.toUpperCase(Locale.ROOT)
                .replaceFirst("^SHA([0-9]+)$", "SHA-$1")
                .replaceFirst("^SHA3_([0-9]+)$", "SHA3-$1");
        try {
            return MessageDigest.getInstance(java);
        } catch (NoSuchAlgorithmException e) {
            return null;
        }
    }

    /** Takes the next bytes into account; refuses them when they are more than there can be. */
    void add(byte[] bytes) {
        count += bytes.length;
        if (image.hasSizeBytes() && count > image.getSizeBytes()) {
            throw new UnreadableAnswerException("has more than the " + image.getSizeBytes() + " bytes of the image");
        }
        if (digest != null) {
            digest.update(bytes);
        }
    }

    /**
     * All bytes came.
     *
     * @return how many the image has
     * @throws UnreadableAnswerException when they are not those of the image
     */
    long end() {
        if (image.hasSizeBytes() && count < image.getSizeBytes()) {
            throw new UnreadableAnswerException("has " + count + " bytes, but the image has " + image.getSizeBytes());
        }
        if (digest != null) {
            String computed = HexFormat.of().formatHex(digest.digest());
            if (!computed.equalsIgnoreCase(said)) {
                throw new UnreadableAnswerException("has bytes of which the " + digest.getAlgorithm() + " is "
                        + computed + ", but that of the image is " + said);
            }
        }
        return count;
    }
}
