package org.openstack.oaktree.simcloud.json;

/** What was sent is not JSON. */
public final class MalformedJsonException extends RuntimeException {
    MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
