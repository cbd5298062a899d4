package org.openstack.oaktree.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A new file that only its owner can read. */
final class SecretFile {
    private final Path path;

    private SecretFile(Path path) {
        this.path = path;
    }

    /**
     * Makes it, empty.
     *
     * @throws ParameterException if it is there already, or cannot be made
     */
    static SecretFile create(CommandSpec command, String option, Path path) {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new SecretFile(path);
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    command.commandLine(),
                    option + ": the file " + path + " is there already; it is not overwritten",
                    e);
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(),
                    option + ": the file " + path + " cannot be made: " + IoFailures.reason(e),
                    e);
        }
    }

    void write(String text) {
        try {
            Files.writeString(path, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away again. */
    void discard() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
