package org.openstack.oaktree.image;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageSpec;

/**
 * The bytes of an upload on their way through: takes a chunk when the one before has gone on, counts and hashes it, and keeps nothing.
 * Ends with a failure, never as if all had come, when what came is not what the spec says. For one thread.
 */
final class Relay extends InputStream {
    private static final int MOST_BYTES = 1 << 20;

    private final Iterator<CreateImageRequest> requests;
    private final CreateImageSpec spec;
    private final Hashes said;
    private final MessageDigest md5 = digest("MD5");
    private final @Nullable MessageDigest sha256;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private long count;
    private boolean complete;
    private String computed = "";
    private @Nullable RuntimeException failure;

    /** The chunks that follow the spec. */
    Relay(Iterator<CreateImageRequest> requests, CreateImageSpec spec, Hashes said) {
        this.requests = requests;
        this.spec = spec;
        this.said = said;
        this.sha256 = said.sha256().isEmpty() ? null : digest("SHA-256");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Number of bytes that follow; -1 when nobody said. */
    long length() {
        return spec.hasSizeBytes() ? spec.getSizeBytes() : -1;
    }

    /** Whether every byte came, and was what the spec says. */
    boolean isComplete() {
        return complete;
    }

    /** Why the bytes did not come, or were refused; empty: that was not what failed. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many bytes came. */
    long count() {
        return count;
    }

    /** MD5 of all bytes; empty while they are not complete. */
    String md5() {
        return computed;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        OutputStream hashing = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                hash(bytes, offset, length);
                out.write(bytes, offset, length);
            }
        };
        long before = count;
        for (ByteString chunk = next(); chunk != null; chunk = next()) {
            chunk.writeTo(hashing);
        }
        return count - before;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (!rest.hasRemaining()) {
            ByteString chunk = next();
            if (chunk == null) {
                return -1;
            }
            rest = chunk.asReadOnlyByteBuffer();
        }
        int read = Math.min(length, rest.remaining());
        rest.get(into, offset, read);
        hash(into, offset, read);
        return read;
    }

    private void hash(byte[] bytes, int offset, int length) {
        md5.update(bytes, offset, length);
        if (sha256 != null) {
            sha256.update(bytes, offset, length);
        }
    }

    /** The next chunk; null: the last one came. */
    private @Nullable ByteString next() {
        try {
            if (complete) {
                return null;
            }
            if (requests.hasNext()) {
                return chunk(requests.next());
            }
            end();
            return null;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private ByteString chunk(CreateImageRequest request) {
        if (!request.hasChunk()) {
            throw OaktreeException.invalidField("chunk", "must be in every message after the first");
        }
        ByteString chunk = request.getChunk();
        if (chunk.size() > MOST_BYTES) {
            throw OaktreeException.invalidField("chunk", "must not have more than 1 MiB");
        }
        if (request.hasOffsetBytes() && request.getOffsetBytes() != count) {
            throw OaktreeException.invalidField(
                    "offset_bytes", "is " + request.getOffsetBytes() + ", but " + count + " bytes came before");
        }
        count += chunk.size();
        if (spec.hasSizeBytes() && count > spec.getSizeBytes()) {
            throw OaktreeException.invalidField(
                    "spec.size_bytes", "is " + spec.getSizeBytes() + ", but more bytes came");
        }
        return chunk;
    }

    private void end() {
        if (spec.hasSizeBytes() && count < spec.getSizeBytes()) {
            throw OaktreeException.invalidField(
                    "spec.size_bytes", "is " + spec.getSizeBytes() + ", but " + count + " bytes came");
        }
        computed = HexFormat.of().formatHex(md5.digest());
        if (!said.md5().isEmpty() && !said.md5().equals(computed)) {
            throw OaktreeException.invalidField(
                    "spec.md5", "is " + said.md5() + ", but that of the bytes is " + computed);
        }
        String other = sha256 == null ? "" : HexFormat.of().formatHex(sha256.digest());
        if (!said.sha256().equals(other)) {
            throw OaktreeException.invalidField(
                    "spec.sha256", "is " + said.sha256() + ", but that of the bytes is " + other);
        }
        complete = true;
    }
}
