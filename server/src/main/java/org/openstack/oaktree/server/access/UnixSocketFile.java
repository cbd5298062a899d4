package org.openstack.oaktree.server.access;

import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts a unix socket of mode 0600 at its path.
 *
 * <p>Systems make sockets as the umask says. So the socket is bound in a folder of its own that nobody else may enter, closed to others,
 * and only then moved to its path: at no moment can another user connect. What a killed server left behind is replaced; a socket on which
 * somebody listens is not.
 */
public final class UnixSocketFile implements AutoCloseable {
    /** What fits into the address of a unix socket everywhere, less what the name of the folder in between takes. */
    static final int MAX_PATH_BYTES = 72;

    private final Path path;
    private final Path folder;
    private @Nullable Object fileKey;

    private UnixSocketFile(Path path, Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /**
     * Prepares a place to bind to.
     *
     * @throws IOException when the path is taken by something else, or its folder cannot be written
     */
    public static UnixSocketFile prepare(Path path) throws IOException {
        PrivateFiles.createFolders(PrivateFiles.parent(path));
        refuseWhatIsInUse(path);
        return new UnixSocketFile(path, PrivateFiles.createTemporaryFolder(PrivateFiles.parent(path)));
    }

    private static void refuseWhatIsInUse(Path path) throws IOException {
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!there.isOther()) {
            throw new BindException("'" + path + "' is there already and is no socket; give another path");
        }
        boolean answered;
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            answered = probe.isConnected();
        } catch (IOException e) {
            answered = false;
        }
        if (answered) {
            throw new BindException(
                    "another server listens on 'unix:" + path + "'; give another path, or end that server");
        }
    }

    /** Where to bind. */
    public Path bindPath() {
        return folder.resolve("s");
    }

    /** Moves the bound socket to its path. */
    public void publish() throws IOException {
        Files.setPosixFilePermissions(bindPath(), PrivateFiles.FILE);
        fileKey = fileKey(bindPath());
        Files.move(bindPath(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(folder);
    }

    /** Removes the socket, unless another server has put its own there. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(bindPath());
        Files.deleteIfExists(folder);
        if (fileKey != null
                && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && Objects.equals(fileKey, fileKey(path))) {
            Files.deleteIfExists(path);
        }
    }

    private static @Nullable Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
