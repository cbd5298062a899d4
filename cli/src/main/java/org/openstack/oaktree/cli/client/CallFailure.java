package org.openstack.oaktree.cli.client;

/** A call that did not succeed; the message is for the user and says what to do next. */
public final class CallFailure extends RuntimeException {
    /** Whether it was oaktree or its cloud that said no, or whether oaktree could not be asked. */
    public enum Kind {
        /** The answer was an error. */
        REFUSED,
        /** Nobody answered, or the answer was that the caller may not ask. */
        UNREACHABLE
    }

    private static final long serialVersionUID = 1;
    private final Kind kind;

    CallFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** See {@link Kind}. */
    public Kind kind() {
        return kind;
    }
}
