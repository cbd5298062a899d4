package org.openstack.oaktree.simcloud.http;

/** A call that a service refuses. The service writes it down in its own style. */
public final class ApiException extends RuntimeException {
    private final int status;
    private final String type;

    public ApiException(int status, String message) {
        this(status, "", message);
    }

    /**
     * Refuses a call.
     *
     * @param type the service's own name of the error, where its style has one (neutron: NetworkNotFound)
     */
    public ApiException(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    public ApiException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.type = "";
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    /** What the user is told. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
