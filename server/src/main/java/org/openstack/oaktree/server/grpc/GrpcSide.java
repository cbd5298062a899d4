package org.openstack.oaktree.server.grpc;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.server.access.ListenAddress;

/**
 * Serves the API over gRPC, with health for everybody and reflection for those who may call.
 *
 * <p>Everything of gRPC runs on the transport's own threads and never waits there; calls of the API go over to virtual threads. So no
 * executor stands in between, and a small call costs one thread switch.
 */
public final class GrpcSide implements AutoCloseable {
    /** What a client may send before its call takes it. A fixed number: the transport would let it grow to 8 MiB. */
    private static final int UNREAD_BYTES = 1 << 20;

    /** Connections whose client is gone without a word are found out after at most this and the next. */
    private static final Duration PING_AFTER = Duration.ofSeconds(60);

    private static final Duration PING_ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final Duration PINGS_PERMITTED_EVERY = Duration.ofSeconds(10);
    /** For the last bytes of answers to leave. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(2);

    private final Listening listening;
    private final Server server;
    private final ListenAddress address;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Drain drain = new Drain();
    private final CallsInFlight inFlight = new CallsInFlight();
    private final ConnectionLimit connections;

    private GrpcSide(GrpcOptions options, List<RpcService> services, CallReports reports) throws IOException {
        connections = new ConnectionLimit(options.limits().connections());
        listening = Listening.prepare(options.listen());
        NettyServerBuilder builder = limited(listening.builder().directExecutor(), options.limits());
        definitions(options, services, reports).forEach(builder::addService);
        builder.addService(health.getHealthService());
        server = builder.addTransportFilter(connections).build();
        try {
            server.start();
            address = listening.publish(server);
        } catch (IOException e) {
            server.shutdownNow();
            close();
            throw e;
        }
    }

    /**
     * Starts to serve.
     *
     * @throws IOException when it cannot listen on the address
     */
    public static GrpcSide start(GrpcOptions options, List<RpcService> services, CallReports reports)
            throws IOException {
        return new GrpcSide(options, services, reports);
    }

    private List<ServerServiceDefinition> definitions(
            GrpcOptions options, List<RpcService> services, CallReports reports) {
        List<EntranceCheck> checks = new ArrayList<>(options.checks());
        checks.add(drain);
        Entrance entrance = new Entrance(checks, reports);
        BoundMethod.Shared shared = new BoundMethod.Shared(options.deadlines(), inFlight, reports);
        List<ServerServiceDefinition> definitions = new ArrayList<>();
        for (RpcService service : services) {
            definitions.add(ServerInterceptors.intercept(BoundMethod.define(service, shared), entrance));
            health.setStatus(service.descriptor().getFullName(), ServingStatus.SERVING);
        }
        definitions.add(ServerInterceptors.intercept(ProtoReflectionServiceV1.newInstance(), entrance));
        definitions.add(ServerInterceptors.intercept(olderReflection(), entrance));
        return definitions;
    }

    /** What grpcurl before 1.9 and other older tools ask for. */
    @SuppressWarnings("deprecation")
    private static ServerServiceDefinition olderReflection() {
        return ProtoReflectionService.newInstance().bindService();
    }

    private static NettyServerBuilder limited(NettyServerBuilder builder, GrpcLimits limits) {
        return builder.flowControlWindow(UNREAD_BYTES)
                .maxInboundMessageSize(limits.messageBytes())
                .maxInboundMetadataSize(limits.metadataBytes())
                .maxConcurrentCallsPerConnection(limits.callsPerConnection())
                .maxConnectionIdle(limits.connectionIdle().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTime(PING_AFTER.toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(PING_ANSWER_WITHIN.toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(PINGS_PERMITTED_EVERY.toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    /** Where clients find it. */
    public ListenAddress address() {
        return address;
    }

    /** Calls that are being answered now. */
    public int callsInFlight() {
        return inFlight.size();
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.open();
    }

    /** Refuses new calls from now on, with SHUTTING_DOWN; health says NOT_SERVING. Calls in flight go on. */
    public void beginDrain() {
        drain.begin();
        health.enterTerminalState();
    }

    /** Waits for the calls in flight, at most this long, and tells those that are left to end. */
    public void finishDrain(Duration limit) throws InterruptedException {
        if (!inFlight.awaitEmpty(limit)) {
            inFlight.stopAll(CallInProgress.Stop.SHUTTING_DOWN);
            inFlight.awaitEmpty(LAST_BYTES);
        }
        server.shutdown();
        server.awaitTermination(LAST_BYTES.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends at once: calls in flight are cut. */
    @Override
    public void close() throws IOException {
        server.shutdownNow();
        inFlight.stopAll(CallInProgress.Stop.SHUTTING_DOWN);
        inFlight.close();
        listening.close();
    }
}
