package org.openstack.oaktree.bench;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Keeps a fixed number of equal unary calls in flight: as soon as one is answered, the next begins. Answers are not decoded. */
final class Load implements AutoCloseable {
    /** Two connections: both of a small machine's transport threads have work. */
    static final int CONNECTIONS = 2;

    static final int IN_FLIGHT = 16;

    private final MethodDescriptor<byte[], byte[]> method;
    private final byte[] request;
    private final List<ManagedChannel> connections = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();

    /**
     * Load for one server.
     *
     * @param address {@code HOST:PORT}
     * @param headers sent with each call
     */
    Load(String address, Metadata headers, String method, byte[] request) {
        this.method = RawBytes.unary(method);
        this.request = request;
        for (int i = 0; i < CONNECTIONS; i++) {
            ManagedChannel connection = NettyChannelBuilder.forTarget(address)
                    .usePlaintext()
                    .directExecutor()
                    .maxInboundMessageSize(16 << 20)
                    .build();
            connections.add(connection);
            channels.add(ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(headers)));
        }
    }

    /** One call, and its answer. */
    byte[] once() {
        return ClientCalls.blockingUnaryCall(channels.getFirst(), method, CallOptions.DEFAULT, request);
    }

    /**
     * Calls for that long.
     *
     * @return calls answered per second
     * @throws StatusRuntimeException the first call that failed
     */
    double run(Duration time) throws InterruptedException {
        Run run = new Run(System.nanoTime() + time.toNanos());
        long begin = System.nanoTime();
        for (int i = 0; i < IN_FLIGHT; i++) {
            run.next(channels.get(i % channels.size()));
        }
        run.ended.await();
        Status failure = run.failure.get();
        if (failure != null) {
            throw failure.asRuntimeException();
        }
        return run.answered.sum() * 1e9 / (System.nanoTime() - begin);
    }

    private final class Run {
        private final long end;
        private final LongAdder answered = new LongAdder();
        private final AtomicReference<@Nullable Status> failure = new AtomicReference<>();
        private final CountDownLatch ended = new CountDownLatch(IN_FLIGHT);

        Run(long end) {
            this.end = end;
        }

        void next(Channel channel) {
            ClientCall<byte[], byte[]> call = channel.newCall(method, CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            if (status.isOk()) {
                                answered.increment();
                            } else {
                                failure.compareAndSet(null, status);
                            }
                            if (status.isOk() && System.nanoTime() < end) {
                                next(channel);
                            } else {
                                ended.countDown();
                            }
                        }
                    },
                    new Metadata());
            call.request(2);
            call.sendMessage(request);
            call.halfClose();
        }
    }

    @Override
    public void close() {
        connections.forEach(ManagedChannel::shutdownNow);
    }
}
