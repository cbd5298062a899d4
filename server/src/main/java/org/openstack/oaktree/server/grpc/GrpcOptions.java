package org.openstack.oaktree.server.grpc;

import java.util.List;
import org.openstack.oaktree.server.access.ListenAddress;

/**
 * How the API is served over gRPC.
 *
 * @param listen where
 * @param checks who may call; none: everybody who reaches the address
 * @param limits what one client may take
 * @param deadlines for calls that have none
 */
public record GrpcOptions(ListenAddress listen, List<EntranceCheck> checks, GrpcLimits limits, Deadlines deadlines) {
    public GrpcOptions {
        checks = List.copyOf(checks);
    }
}
