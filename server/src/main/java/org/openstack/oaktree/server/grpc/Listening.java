package org.openstack.oaktree.server.grpc;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.access.UnixSocketFile;

/** What a gRPC server listens on, with what has to be put away when it ends. */
final class Listening implements AutoCloseable {
    private static final long STOP_WITHIN_SECONDS = 2;

    private final ListenAddress wanted;
    private final NettyServerBuilder builder;
    private final Optional<UnixSocketFile> socketFile;
    private final List<EventLoopGroup> eventLoops;

    private Listening(
            ListenAddress wanted,
            NettyServerBuilder builder,
            Optional<UnixSocketFile> socketFile,
            List<EventLoopGroup> eventLoops) {
        this.wanted = wanted;
        this.builder = builder;
        this.socketFile = socketFile;
        this.eventLoops = eventLoops;
    }

    static Listening prepare(ListenAddress address) throws IOException {
        return switch (address) {
            case ListenAddress.Loopback loopback ->
                new Listening(address, NettyServerBuilder.forAddress(loopback.address()), Optional.empty(), List.of());
            case ListenAddress.UnixSocket unix -> {
                UnixSocketFile file = UnixSocketFile.prepare(unix.path());
                // Java's own unix sockets rather than Netty's native ones: they are there on every system.
                EventLoopGroup accepting = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
                EventLoopGroup working = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
                NettyServerBuilder builder = NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(file.bindPath()))
                        .channelType(NioServerDomainSocketChannel.class)
                        .bossEventLoopGroup(accepting)
                        .workerEventLoopGroup(working);
                yield new Listening(address, builder, Optional.of(file), List.of(accepting, working));
            }
        };
    }

    NettyServerBuilder builder() {
        return builder;
    }

    /** The address that clients take; makes a unix socket visible. */
    ListenAddress publish(Server started) throws IOException {
        if (socketFile.isPresent()) {
            socketFile.get().publish();
            return wanted;
        }
        return new ListenAddress.Loopback(
                (InetSocketAddress) started.getListenSockets().getFirst());
    }

    @Override
    public void close() throws IOException {
        for (EventLoopGroup group : eventLoops) {
            group.shutdownGracefully(0, STOP_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .awaitUninterruptibly(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
        if (socketFile.isPresent()) {
            socketFile.get().close();
        }
    }
}
