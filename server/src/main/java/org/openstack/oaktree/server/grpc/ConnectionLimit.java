package org.openstack.oaktree.server.grpc;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts connections, and drops those that are too many: their clients see UNAVAILABLE and come again later. */
final class ConnectionLimit extends ServerTransportFilter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);
    private static final Attributes.Key<Boolean> COUNTED = Attributes.Key.create("oaktree-counted");

    private final int limit;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimit(int limit) {
        this.limit = limit;
    }

    int open() {
        return open.get();
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            LOG.warn("connection dropped: {} are open, as many as may be", limit);
            // gRPC has no way to refuse a connection: its transport closes when it meets this, and looks at the cause
            // for how.
            throw new IllegalStateException(
                    "too many connections",
                    Http2Exception.connectionError(Http2Error.NO_ERROR, "too many connections"));
        }
        return transport.toBuilder().set(COUNTED, true).build();
    }

    @Override
    public void transportTerminated(@Nullable Attributes transport) {
        if (transport != null && transport.get(COUNTED) != null) {
            open.decrementAndGet();
        }
    }
}
