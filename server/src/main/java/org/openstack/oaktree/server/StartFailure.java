package org.openstack.oaktree.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

/** Why a server did not start, for whoever typed the command. */
final class StartFailure {
    private StartFailure() {}

    /**
     * The failure as one sentence.
     *
     * @param what did not work
     * @param option which other choice the user has
     */
    static IOException of(String what, IOException cause, String option) {
        return new IOException(what + ": " + reason(cause) + "; choose another with " + option, cause);
    }

    /** Messages of files are mere paths; sockets tell the reason in the last cause. */
    private static String reason(Throwable failure) {
        return switch (failure) {
            case AccessDeniedException denied -> denied.getFile() + " may not be written";
            case FileAlreadyExistsException file -> file.getFile() + " is no folder";
            case FileSystemException file
            when file.getReason() == null ->
                file.getFile() + " (" + file.getClass().getSimpleName() + ")";
            default -> {
                Throwable cause = failure.getCause();
                yield cause == null ? String.valueOf(failure.getMessage()) : reason(cause);
            }
        };
    }
}
