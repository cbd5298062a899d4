package org.openstack.oaktree.simcloud.world;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every Java runtime has, without the checked exception for the case that it has not. */
public final class Digests {
    private Digests() {}

    public static byte[] md5(byte[] data) {
        return named("MD5").digest(data);
    }

    /** A fresh digest. */
    public static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
