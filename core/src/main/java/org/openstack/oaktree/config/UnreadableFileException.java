package org.openstack.oaktree.config;

/** A file's text is not what it should be; the message says where and why, and quotes nothing, for it may be a secret. */
final class UnreadableFileException extends Exception {
    UnreadableFileException(String message) {
        super(message, null, false, false);
    }
}
