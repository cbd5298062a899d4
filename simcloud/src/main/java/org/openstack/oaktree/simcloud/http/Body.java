package org.openstack.oaktree.simcloud.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer.
 *
 * @param length in bytes
 */
public record Body(long length, Source source) {
    static final Body NONE = of(new byte[0]);

    /** Opens the bytes from their beginning. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public static Body of(byte[] bytes) {
        return new Body(bytes.length, () -> new ByteArrayInputStream(bytes));
    }
}
