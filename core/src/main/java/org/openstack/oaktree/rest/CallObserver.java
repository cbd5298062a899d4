package org.openstack.oaktree.rest;

import java.time.Duration;

/** Is told of every request that was sent to a cloud, once for each time that it was sent. Must return quickly and throw nothing. */
@FunctionalInterface
public interface CallObserver {
    /** Takes no notice. */
    CallObserver NONE = (cloud, region, service, httpMethod, operation, status, duration) -> {};

    /**
     * A request has ended.
     *
     * @param cloud name of the cloud in the configuration
     * @param region its region; empty when it has none
     * @param service official type of the service
     * @param httpMethod such as {@code GET}
     * @param operation what it was for, such as {@code ListServers}
     * @param status HTTP status; 0 when there was no answer
     * @param duration from the first byte sent, or the attempt to connect, to the last byte read
     */
    void answered(
            String cloud,
            String region,
            String service,
            String httpMethod,
            String operation,
            int status,
            Duration duration);
}
