package org.openstack.oaktree.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.grpc.Deadlines;
import org.openstack.oaktree.server.grpc.GrpcLimits;

/**
 * How one server runs.
 *
 * @param listen where gRPC is served
 * @param httpListen where metrics and probes are served
 * @param tokenFile file with the token that callers must know; empty: everybody on this machine may call
 * @param limits what one client may take
 * @param deadlines for calls that have none
 * @param drain how long calls in flight may go on when the server ends
 */
public record ServerOptions(
        ListenAddress listen,
        ListenAddress.Loopback httpListen,
        Optional<Path> tokenFile,
        GrpcLimits limits,
        Deadlines deadlines,
        Duration drain) {
    /** Where gRPC is served unless the user says otherwise. */
    public static final String DEFAULT_LISTEN = "127.0.0.1:50051";

    /** Where the HTTP side is served unless the user says otherwise. */
    public static final String DEFAULT_HTTP_LISTEN = "127.0.0.1:50080";

    /** How long calls in flight may go on unless the user says otherwise. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

    /** Usual limits, deadlines and drain. */
    public ServerOptions(ListenAddress listen, ListenAddress.Loopback httpListen, Optional<Path> tokenFile) {
        this(listen, httpListen, tokenFile, GrpcLimits.DEFAULT, Deadlines.DEFAULT, DEFAULT_DRAIN);
    }

    /** The same with another time to drain. */
    public ServerOptions withDrain(Duration other) {
        return new ServerOptions(listen, httpListen, tokenFile, limits, deadlines, other);
    }

    /** The same with other deadlines. */
    public ServerOptions withDeadlines(Deadlines other) {
        return new ServerOptions(listen, httpListen, tokenFile, limits, other, drain);
    }

    /** The same with other limits. */
    public ServerOptions withLimits(GrpcLimits other) {
        return new ServerOptions(listen, httpListen, tokenFile, other, deadlines, drain);
    }
}
