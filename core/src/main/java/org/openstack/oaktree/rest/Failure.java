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
    private final transient @Nullable Answer answer;
    private final boolean readingBegan;

    /** The answer is the one that had begun to come; null: none had. */
    Failure(Kind kind, boolean readingBegan, @Nullable Answer answer, Throwable cause) {
        super(cause);
        this.kind = kind;
        this.readingBegan = readingBegan;
        this.answer = answer;
        this.refusal = null;
    }

    Failure(Refusal refusal) {
        super("HTTP " + refusal.status());
        this.kind = Kind.REFUSED;
        this.readingBegan = false;
        this.answer = null;
        this.refusal = refusal;
    }

    Kind kind() {
        return kind;
    }

    /** Whether a reader was given a part of the answer. */
    boolean readingBegan() {
        return readingBegan;
    }

    /** The status of the answer, be it that it could not be read or did not come whole; 0: no answer came. */
    int status() {
        return answer == null ? refusal().status() : answer.status();
    }

    /** What the service calls the request; empty when it does not say. */
    String openstackRequestId() {
        return answer == null ? refusal().openstackRequestId() : answer.openstackRequestId();
    }

    /** The answer, when the service refused; an empty one with status 0 otherwise. */
    Refusal refusal() {
        return refusal == null ? Refusal.NONE : refusal;
    }
}
