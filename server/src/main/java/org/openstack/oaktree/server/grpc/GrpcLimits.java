package org.openstack.oaktree.server.grpc;

import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param messageBytes size of one request message
 * @param metadataBytes size of a call's headers
 * @param connections open at once
 * @param callsPerConnection open at once
 * @param connectionIdle after this time without a call a connection is closed; its client opens another one when it needs it
 */
public record GrpcLimits(
        int messageBytes, int metadataBytes, int connections, int callsPerConnection, Duration connectionIdle) {
    /** 16 MiB messages, 16 KiB headers, 1,000 connections of 200 calls, idle for 15 minutes. */
    public static final GrpcLimits DEFAULT = new GrpcLimits(16 << 20, 16 << 10, 1_000, 200, Duration.ofMinutes(15));
}
