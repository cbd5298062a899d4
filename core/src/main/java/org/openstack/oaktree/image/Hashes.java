package org.openstack.oaktree.image;

import java.util.Locale;
import java.util.regex.Pattern;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.Image;

/**
 * What a spec says of the bytes; lower case.
 *
 * @param md5 empty: not said
 * @param sha256 empty: not said
 */
record Hashes(String md5, String sha256) {
    private static final String OWN = "owner_specified.";
    private static final Pattern MD5 = Pattern.compile("([0-9a-f]{32})?");
    private static final Pattern SHA256 = Pattern.compile("([0-9a-f]{64})?");

    /**
     * Those of a spec.
     *
     * @throws OaktreeException INVALID_FIELD
     */
    static Hashes of(CreateImageSpec spec) {
        Hashes hashes = new Hashes(
                spec.getMd5().toLowerCase(Locale.ROOT), spec.getSha256().toLowerCase(Locale.ROOT));
        if (!MD5.matcher(hashes.md5).matches()) {
            throw OaktreeException.invalidField("md5", "must be 32 hexadecimal digits");
        }
        if (!SHA256.matcher(hashes.sha256).matches()) {
            throw OaktreeException.invalidField("sha256", "must be 64 hexadecimal digits");
        }
        return hashes;
    }

    boolean areSaid() {
        return !md5.isEmpty() || !sha256.isEmpty();
    }

    /** Whether the image has each of them: by what the cloud computed, else by what its owner said as shade and openstacksdk do. */
    boolean fit(Image image) {
        String sha256Computed = image.getHashAlgorithm().equals("sha256") ? image.getHashValue() : "";
        return areSaid()
                && fits(md5, image.getChecksum(), image, "md5")
                && fits(sha256, sha256Computed, image, "sha256");
    }

    private static boolean fits(String said, String computed, Image image, String name) {
        if (said.isEmpty()) {
            return true;
        }
        if (!computed.isEmpty()) {
            return said.equalsIgnoreCase(computed);
        }
        return said.equalsIgnoreCase(property(image, OWN + "openstack." + name))
                || said.equalsIgnoreCase(property(image, OWN + "shade." + name));
    }

    private static String property(Image image, String name) {
        return image.getProperties().containsFields(name)
                ? image.getProperties().getFieldsOrThrow(name).getStringValue()
                : "";
    }
}
