package org.openstack.oaktree.cli;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Where bytes go that may break off in the middle: an ordinary file has its name only when all have come, and what had the name before is
 * there until then. Anything else, such as a pipe, takes them as they come.
 */
final class Destination implements AutoCloseable {
    /** Name of standard output. */
    static final String STANDARD_OUTPUT = "-";

    /** What has to be done at the end. */
    private sealed interface Ending {
        /** Nothing: who owns the stream closes it. */
        record None() implements Ending {}

        /** Closing it. */
        record Close() implements Ending {}

        /** Giving the file its name; the hook takes it away when the process ends before. */
        record Rename(Path part, Path target, Thread hook) implements Ending {}
    }

    private final OutputStream out;
    private final Ending ending;
    private boolean isClosed;

    private Destination(OutputStream out, Ending ending) {
        this.out = out;
        this.ending = ending;
    }

    /** The file of that path, or standard output. */
    static Destination of(String file, Environment environment) throws IOException {
        if (file.equals(STANDARD_OUTPUT)) {
            return new Destination(environment.out(), new Ending.None());
        }
        Path path = Path.of(file).toAbsolutePath();
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder");
        }
        // What a link leads to is replaced, not the link.
        Path target = Files.exists(path) ? path.toRealPath() : path;
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new Destination(Files.newOutputStream(target, StandardOpenOption.WRITE), new Ending.Close());
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new IOException("it is there and may not be changed");
        }
        Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Thread hook = new Thread(() -> discard(part));
        Runtime.getRuntime().addShutdownHook(hook);
        if (Files.exists(target)) {
            Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
        }
        return new Destination(out, new Ending.Rename(part, target, hook));
    }

    void write(ByteString bytes) {
        new Output(out).print(bytes);
    }

    /** All bytes have come. */
    void complete() throws IOException {
        if (ending instanceof Ending.Rename rename) {
            out.close();
            Files.move(
                    rename.part(),
                    rename.target(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        if (isClosed || ending instanceof Ending.None) {
            return;
        }
        isClosed = true;
        out.close();
        if (ending instanceof Ending.Rename rename) {
            discard(rename.part());
            Runtime.getRuntime().removeShutdownHook(rename.hook());
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
