package org.openstack.oaktree.simcloud.glance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of one image, in memory or in a file. */
interface Blob {
    /** In bytes. */
    long size();

    InputStream open() throws IOException;

    /** Bytes in memory. */
    final class InMemory implements Blob {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The big-endian number at this place; 0 when the bytes end before. */
        long number(int offset) {
            return bytes.length < offset + Long.BYTES
                    ? 0
                    : ByteBuffer.wrap(bytes).getLong(offset);
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /** Bytes in a file that nobody changes. */
    record InFile(Path file, long size) implements Blob {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
