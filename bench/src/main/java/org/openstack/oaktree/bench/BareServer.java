package org.openstack.oaktree.bench;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * A gRPC server that does nothing but send the bytes of a file: {@code BareServer virtual|direct METHOD FILE}. Its transport is
 * oaktree's; a call gets virtual threads, or none but the transport's. No token, no metrics, no log; the bytes are never made from a
 * message.
 */
final class BareServer {
    private BareServer() {}

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Executor threads = arguments[0].equals("direct") ? Runnable::run : Executors.newVirtualThreadPerTaskExecutor();
        String method = arguments[1];
        byte[] answer = Files.readAllBytes(Path.of(arguments[2]));
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(threads)
                .addService(ServerServiceDefinition.builder(method.substring(0, method.indexOf('/')))
                        .addMethod(RawBytes.unary(method), ServerCalls.asyncUnaryCall((request, responses) -> {
                            responses.onNext(answer);
                            responses.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        System.out.println("bare ready grpc=127.0.0.1:" + server.getPort());
        server.awaitTermination();
    }
}
