package org.openstack.oaktree.server;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.server.access.ListenAddress;

/** A server on free ports, with a client that has its token. */
final class RunningServer implements AutoCloseable {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final long SECONDS_THAT_NO_CALL_NEEDS = 60;

    private final OaktreeServer server;
    private final ManagedChannel channel;
    private final Path tokenFile;

    private RunningServer(OaktreeServer server, Path tokenFile) {
        this.server = server;
        this.tokenFile = tokenFile;
        // A server on a unix socket: tests bring channels of their own, and this one connects to nothing.
        this.channel = server.address() instanceof ListenAddress.Loopback tcp
                ? channel(tcp.address().getPort())
                : channel(1);
    }

    static RunningServer start(Path folder, RpcService... services) throws IOException {
        return start(folder, options -> options, services);
    }

    static RunningServer start(Path folder, UnaryOperator<ServerOptions> change, RpcService... services)
            throws IOException {
        Path tokenFile = folder.resolve("token");
        ServerOptions options = new ServerOptions(
                ListenAddress.parse("127.0.0.1:0"), ListenAddress.loopback("127.0.0.1:0"), Optional.of(tokenFile));
        return new RunningServer(
                OaktreeServer.start(change.apply(options), List.of(services), new PrometheusRegistry()), tokenFile);
    }

    OaktreeServer server() {
        return server;
    }

    /** One more connection; the caller closes it. */
    ManagedChannel newChannel() {
        return channel(((ListenAddress.Loopback) server.address()).address().getPort());
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .disableRetry()
                .build();
    }

    String token() throws IOException {
        return Files.readString(tokenFile).strip();
    }

    /** A client without token. */
    Channel stranger() {
        return channel;
    }

    /** A client with the token. */
    Channel client() throws IOException {
        return withToken(channel);
    }

    Channel withToken(Channel any) throws IOException {
        return ClientInterceptors.intercept(any, authorization("Bearer " + token()));
    }

    static ClientInterceptor authorization(String value) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, value);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    /** Calls {@code Waits.Get} with the token. */
    Message get(String what) throws IOException {
        return ClientCalls.blockingUnaryCall(client(), Waits.method(Waits.GET), patience(), Waits.request(what));
    }

    /** A deadline that ends a broken test, and that no right one meets. */
    static CallOptions patience() {
        return CallOptions.DEFAULT.withDeadlineAfter(SECONDS_THAT_NO_CALL_NEEDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
