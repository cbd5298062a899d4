package org.openstack.oaktree.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a request carries. Its text never shows the content. */
public sealed interface Body {
    /** Nothing. */
    Body NONE = new None();

    /** JSON that is already written. */
    static Body json(byte[] utf8) {
        return new Bytes(utf8, "application/json");
    }

    /** JSON that is already written. */
    static Body json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of any type. */
    static Body bytes(byte[] content, String contentType) {
        return new Bytes(content, contentType);
    }

    /**
     * Bytes that are read while they are sent.
     *
     * @param source opened once for each time that the request is sent
     * @param length number of bytes, or -1 when it is not known
     * @param contentType its type
     * @param repeatable whether the source can be opened again, from the start; if not, a request of which a part was sent is never sent again
     */
    static Body stream(Source source, long length, String contentType, boolean repeatable) {
        return new Stream(source, length, contentType, repeatable, new AtomicBoolean());
    }

    /** Opens the bytes of a body. */
    interface Source {
        /** The bytes from their start. Who asks for them closes them. */
        InputStream open() throws IOException;
    }

    /** No body. */
    record None() implements Body {}

    /** Bytes in memory. */
    final class Bytes implements Body {
        private final byte[] content;
        private final String contentType;

        Bytes(byte[] content, String contentType) {
            this.content = content;
            this.contentType = contentType;
        }

        /** The bytes themselves: not to be changed. */
        byte[] content() {
            return content;
        }

        String contentType() {
            return contentType;
        }

        @Override
        public String toString() {
            return content.length + " bytes of " + contentType;
        }
    }

    /** Bytes from elsewhere. */
    record Stream(Source source, long length, String contentType, boolean repeatable, AtomicBoolean opened)
            implements Body {
        /** The bytes from their start. */
        InputStream open() throws IOException {
            opened.set(true);
            return source.open();
        }

        /** Whether the bytes can be had from their start: always, or because nobody has asked for them yet. */
        boolean canBeOpened() {
            return repeatable || !opened.get();
        }

        @Override
        public String toString() {
            return "stream of " + contentType;
        }
    }
}
