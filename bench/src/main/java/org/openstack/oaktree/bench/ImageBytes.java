package org.openstack.oaktree.bench;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Bytes of an image, made while they are asked for and the same each time: chunks of random bytes, each with its number in front, so that
 * none can be lost or change its place unseen.
 */
final class ImageBytes {
    /** Bytes of a chunk: what CreateImage takes best. */
    static final int CHUNK = 256 << 10;

    private static final long SEED = 4;

    private final int chunks;
    private final byte[] random = new byte[CHUNK];

    /** So many MiB. */
    ImageBytes(int mebibytes) {
        chunks = mebibytes * ((1 << 20) / CHUNK);
        new Random(SEED).nextBytes(random);
    }

    long size() {
        return (long) chunks * CHUNK;
    }

    Iterator<ByteString> chunks() {
        return IntStream.range(0, chunks).mapToObj(this::chunk).iterator();
    }

    private ByteString chunk(int number) {
        ByteBuffer front = ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
        ByteString.Output chunk = ByteString.newOutput(CHUNK);
        chunk.write(front.array(), 0, Integer.BYTES);
        chunk.write(random, Integer.BYTES, CHUNK - Integer.BYTES);
        return chunk.toByteString();
    }

    /** Hash of all as hexadecimal text, as Glance tells it. */
    String sha512() {
        MessageDigest hash = newSha512();
        chunks().forEachRemaining(chunk -> hash.update(chunk.asReadOnlyByteBuffer()));
        return HexFormat.of().formatHex(hash.digest());
    }

    static MessageDigest newSha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
