package org.openstack.oaktree.simcloud.glance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.openstack.oaktree.simcloud.world.Digests;

/** Keeps the bytes of images: small ones in memory, others in temporary files that go with the cloud. */
public final class BlobStore implements AutoCloseable {
    private static final int MAX_IN_MEMORY = 2 << 20;

    private final List<Path> files = new ArrayList<>();

    /**
     * Bytes that arrived, and what identifies them.
     *
     * @param md5 hexadecimal
     * @param sha512 hexadecimal
     */
    record Stored(Blob blob, String md5, String sha512) {}

    /** Reads the stream to its end. */
    Stored store(InputStream content) {
        MessageDigest md5 = Digests.named("MD5");
        MessageDigest sha512 = Digests.named("SHA-512");
        try (InputStream in = new DigestInputStream(new DigestInputStream(content, md5), sha512)) {
            byte[] start = in.readNBytes(MAX_IN_MEMORY);
            Blob blob = start.length < MAX_IN_MEMORY ? new Blob.InMemory(start) : toFile(start, in);
            return new Stored(
                    blob, HexFormat.of().formatHex(md5.digest()), HexFormat.of().formatHex(sha512.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (files) {
            files.forEach(BlobStore::delete);
            files.clear();
        }
    }

    /** Forgets the bytes of an image that is gone. */
    void drop(Blob blob) {
        if (blob instanceof Blob.InFile stored) {
            delete(stored.file());
            synchronized (files) {
                files.remove(stored.file());
            }
        }
    }

    private Blob toFile(byte[] start, InputStream rest) throws IOException {
        Path file = Files.createTempFile("simcloud-image-", ".bin");
        synchronized (files) {
            files.add(file);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start);
            rest.transferTo(out);
        }
        return new Blob.InFile(file, Files.size(file));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
