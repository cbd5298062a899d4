package org.openstack.oaktree.cli;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Standard output, which may be a pipe that its reader has closed. */
final class Output {
    /** Thrown when nobody reads on; not an error, but the end of the work. */
    static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final OutputStream out;

    Output(OutputStream out) {
        this.out = out;
    }

    void print(String text) {
        print(ByteString.copyFromUtf8(text));
    }

    void print(ByteString bytes) {
        try {
            bytes.writeTo(out);
            out.flush();
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            throw message.contains("pipe") ? new Closed() : new UncheckedIOException(e);
        }
    }
}
