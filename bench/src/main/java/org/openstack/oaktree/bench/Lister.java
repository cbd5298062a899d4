package org.openstack.oaktree.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.ServersGrpc;

/** A client that lists all servers of a cloud through oaktree, fresh from the cloud. */
final class Lister implements AutoCloseable {
    private static final int PAGE_SIZE = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ManagedChannel connection;
    private final ServersGrpc.ServersBlockingStub servers;

    Lister(ServedOaktree oaktree) {
        connection = NettyChannelBuilder.forTarget(oaktree.address())
                .usePlaintext()
                .maxInboundMessageSize(4 << 20)
                .build();
        servers = ServersGrpc.newBlockingStub(connection)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(oaktree.headers()));
    }

    /**
     * Lists every page.
     *
     * @param expected how many servers there are
     * @param addressed whether each must have an address
     * @return how long it took, from the first request to the last answer decoded
     */
    Duration list(String cloud, int expected, boolean addressed) {
        ListServersRequest.Builder request = ListServersRequest.newBuilder().setPageSize(PAGE_SIZE);
        request.getLocationBuilder().setCloud(cloud);
        request.getMaxAgeBuilder();
        long begin = System.nanoTime();
        int found = 0;
        do {
            ListServersResponse page = servers.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .listServers(request.build());
            found += page.getServersCount();
            if (addressed
                    && page.getServersList().stream()
                            .anyMatch(server -> server.getPrivateV4().isEmpty())) {
                throw new IllegalStateException("a server of " + cloud + " has no address");
            }
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (found != expected) {
            throw new IllegalStateException(cloud + " has " + found + " servers, not " + expected);
        }
        return took;
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}
