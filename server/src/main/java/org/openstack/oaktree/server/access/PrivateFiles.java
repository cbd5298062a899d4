package org.openstack.oaktree.server.access;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner can read, never open to others for even a moment. */
final class PrivateFiles {
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_ATTRIBUTE =
            PosixFilePermissions.asFileAttribute(FOLDER);

    private PrivateFiles() {}

    /** Makes the folder and those above it, as far as they are missing, with mode 0700. What is there stays as it is. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder, FOLDER_ATTRIBUTE);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Makes a new empty folder with mode 0700 in this one. */
    static Path createTemporaryFolder(Path parent) throws IOException {
        return Files.createTempDirectory(parent, ".oaktree", FOLDER_ATTRIBUTE);
    }

    /** Writes the whole file at once with mode 0600: readers see what was there before, or all of this. */
    static void write(Path file, byte[] content) throws IOException {
        Path folder = parent(file);
        Path temporary = Files.createTempFile(folder, ".oaktree", "", PosixFilePermissions.asFileAttribute(FILE));
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Whether it is a file, not a link to one, that nobody but its owner may read or write, and its owner is whoever runs this. */
    static boolean isPrivate(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && FILE.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                && Files.isReadable(file)
                && isMine(file);
    }

    private static boolean isMine(Path file) throws IOException {
        Path probe = Files.createTempFile(parent(file), ".oaktree", "");
        try {
            return Files.getOwner(probe).equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.delete(probe);
        }
    }

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("'" + file + "' names no file");
        }
        return parent;
    }
}
