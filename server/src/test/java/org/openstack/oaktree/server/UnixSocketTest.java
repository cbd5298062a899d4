package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.server.access.ListenAddress;

/** The server on a unix socket. */
class UnixSocketTest {
    private static final RpcService SERVICE = Waits.service(
            (request, responses) -> responses.accept(Waits.response(7)),
            (request, responses) -> responses.accept(Waits.response(7)));

    @TempDir
    private Path folder;

    private RunningServer start(Path socket) throws IOException {
        return RunningServer.start(
                folder,
                options -> new ServerOptions(
                        ListenAddress.parse("unix:" + socket), options.httpListen(), options.tokenFile()),
                SERVICE);
    }

    private static int call(RunningServer server, Path socket) throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ManagedChannel channel = NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioDomainSocketChannel.class)
                .eventLoopGroup(group)
                .usePlaintext()
                .build();
        try {
            return Waits.number(ClientCalls.blockingUnaryCall(
                    server.withToken(channel), Waits.method(Waits.GET), RunningServer.patience(), Waits.request("x")));
        } finally {
            channel.shutdownNow();
            group.close();
        }
    }

    @Test
    void servesOnASocketThatOnlyItsOwnerCanReach() throws Exception {
        Path socket = folder.resolve("run/oaktree.sock");
        try (RunningServer server = start(socket)) {
            assertThat(server.server().readyLine())
                    .startsWith("oaktree ready grpc=unix:" + socket + " http=127.0.0.1:");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            try (var files = Files.list(socket.getParent())) {
                assertThat(files).as("nothing is left beside it").containsExactly(socket);
            }
            assertThat(call(server, socket)).isEqualTo(7);
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void replacesWhatAKilledServerLeftBehind() throws Exception {
        Path socket = folder.resolve("oaktree.sock");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        try (RunningServer server = start(socket)) {
            assertThat(call(server, socket)).isEqualTo(7);
        }
    }

    @Test
    void leavesOthersAlone() throws Exception {
        Path socket = folder.resolve("oaktree.sock");
        try (RunningServer first = start(socket)) {
            assertThatThrownBy(() -> start(socket))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another server");
            assertThat(call(first, socket)).isEqualTo(7);
        }
        Path file = Files.writeString(folder.resolve("file"), "precious");
        assertThatThrownBy(() -> start(file)).isInstanceOf(IOException.class).hasMessageContaining("no socket");
        assertThat(file).hasContent("precious");
    }
}
