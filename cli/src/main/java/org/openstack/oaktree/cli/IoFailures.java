package org.openstack.oaktree.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures of files in the user's words: Java's messages often are a path and nothing else. */
final class IoFailures {
    private IoFailures() {}

    /** Which file, where Java says it, and why. */
    static String text(IOException failure) {
        return failure instanceof FileSystemException file
                ? file.getFile() + ": " + reason(failure)
                : String.valueOf(failure.getMessage());
    }

    /** Why, for a file that the user named. */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
