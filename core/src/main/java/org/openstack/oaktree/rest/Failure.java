package org.openstack.oaktree.rest;

import org.jspecify.annotations.Nullable;

/** How sending one request once went wrong. Whether it is sent again ({@link Retries}) and what the caller sees ({@link Errors}) follow. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is known. */
    enum Kind {
        /** No connection: the service has seen nothing. */
        NOT_CONNECTED,
        /** The service's certificate, or ours, was not accepted: it has seen nothing. */
        NOT_TRUSTED,
        /** The time was over before anything was sent. */
        TOO_LATE,
        /** Sent, in part at least, but the time was over before the answer was read. */
        TOO_SLOW,
        /** Sent, in part at least, but the connection broke before an answer came. */
        NO_ANSWER,
        /** The service answered that it was done, but the rest of the answer did not come. */
        BROKEN_ANSWER,
        /** The answer came whole but is not what it should be. */
        UNREADABLE_ANSWER,
        /** The service answered with another status than 2xx. */
        REFUSED
    }

    private final Kind kind;
    private final transient @Nullable Refusal refusal;
    private final boolean readingBegan;

    Failure(Kind kind, boolean readingBegan, Throwable cause) {
        super(cause);
        this.kind = kind;
        this.readingBegan = readingBegan;
        this.refusal = null;
    }

    Failure(Refusal refusal) {
        super("HTTP " + refusal.status());
        this.kind = Kind.REFUSED;
        this.readingBegan = false;
        this.refusal = refusal;
    }

    Kind kind() {
        return kind;
    }

    /** Whether a reader was given a part of the answer. */
    boolean readingBegan() {
        return readingBegan;
    }

    /** The answer, when the service refused; an empty one with status 0 otherwise. */
    Refusal refusal() {
        return refusal == null ? Refusal.NONE : refusal;
    }
}
