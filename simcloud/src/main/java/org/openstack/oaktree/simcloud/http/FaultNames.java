package org.openstack.oaktree.simcloud.http;

/** What nova, and cinder which came out of it, call the member of an answer that tells a failure. */
public final class FaultNames {
    private FaultNames() {}

    /** The name for an HTTP status. */
    public static String of(int status) {
        return switch (status) {
            case 400 -> "badRequest";
            case 403 -> "forbidden";
            case 404 -> "itemNotFound";
            case 409 -> "conflictingRequest";
            case 429 -> "overLimit";
            default -> "computeFault";
        };
    }
}
