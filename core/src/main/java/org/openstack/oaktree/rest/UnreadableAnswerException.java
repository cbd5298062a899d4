package org.openstack.oaktree.rest;

/** Thrown by a {@link Reader}: the document came whole but is not what the service's API promises. */
public final class UnreadableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what what is wrong with it, as the end of a sentence about the document: {@code holds no list `servers`}; nothing of what it holds
     */
    public UnreadableAnswerException(String what) {
        super(what);
    }
}
