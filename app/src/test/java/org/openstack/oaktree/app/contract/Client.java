package org.openstack.oaktree.app.contract;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openstack.oaktree.resource.Api;

/** A client that calls any RPC by its declaration, as a stranger over the wire would. */
final class Client implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Api API = Api.load();
    private static final Map<String, MethodDescriptor> METHODS = methods();

    private final ManagedChannel connection;
    private final Channel channel;

    Client(int port, String token) {
        connection = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(4 << 20)
                .disableRetry()
                .build();
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        channel = ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Map<String, MethodDescriptor> methods() {
        Map<String, MethodDescriptor> methods = new HashMap<>();
        API.services()
                .forEach(service -> service.getMethods().forEach(method -> methods.put(method.getName(), method)));
        return methods;
    }

    /** Every call of the API by its name; no two services have calls of the same name. */
    static Map<String, MethodDescriptor> calls() {
        return METHODS;
    }

    /** The default instance of a message. */
    static Message empty(Descriptor type) {
        return API.prototype(type);
    }

    /** Calls the RPC of that name. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The caller names the response of the call.
    <M extends Message> M call(String name, Message request) {
        return (M) call(name, request, 60);
    }

    /** Calls the RPC of that name with that many seconds to answer. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The caller names the response of the call.
    <M extends Message> M call(String name, Message request, int seconds) {
        return (M) call(method(name), request, seconds);
    }

    /** Calls the RPC with that many seconds to answer; its messages need no generated classes. */
    Message call(MethodDescriptor method, Message request, int seconds) {
        CallOptions patience = CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(channel, rpc(method, MethodType.UNARY), patience, request);
    }

    /**
     * Calls the RPC without a deadline, so that the server's own holds.
     *
     * @throws TimeoutException when the server does not end the call so long
     */
    Message callWithoutDeadline(MethodDescriptor method, Message request, int seconds) throws TimeoutException {
        Future<Message> answer = ClientCalls.futureUnaryCall(
                channel.newCall(rpc(method, MethodType.UNARY), CallOptions.DEFAULT), request);
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Calls the streaming RPC of that name; its messages as they come. */
    @SuppressWarnings("unchecked") // The caller names the response of the call.
    <M extends Message> Iterator<M> stream(String name, Message request, int seconds) {
        return (Iterator<M>) stream(method(name), request, seconds);
    }

    /** Calls the streaming RPC; its messages as they come. */
    Iterator<Message> stream(MethodDescriptor method, Message request, int seconds) {
        CallOptions patience = CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS);
        return ClientCalls.blockingServerStreamingCall(
                channel, rpc(method, MethodType.SERVER_STREAMING), patience, request);
    }

    /** Begins the call of that name, which takes a stream of requests. */
    ClientCall<Message, Message> begin(String name, int seconds) {
        return channel.newCall(
                rpc(method(name), MethodType.CLIENT_STREAMING),
                CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS));
    }

    private static MethodDescriptor method(String name) {
        MethodDescriptor method = METHODS.get(name);
        if (method == null) {
            throw new IllegalArgumentException("the API has no call " + name);
        }
        return method;
    }

    private static io.grpc.MethodDescriptor<Message, Message> rpc(MethodDescriptor method, MethodType kind) {
        return io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                .setType(kind)
                .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
                .setRequestMarshaller(ProtoUtils.marshaller(empty(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(empty(method.getOutputType())))
                .build();
    }

    /** Calls the RPC of that path with these bytes, as a client does that has no declaration of it. */
    byte[] call(String path, byte[] request) {
        io.grpc.MethodDescriptor<byte[], byte[]> rpc = io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(path)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        return ClientCalls.blockingUnaryCall(
                channel, rpc, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS), request);
    }

    private static final class Bytes implements io.grpc.MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The reason of a failure as a client reads it from the details: {@code NOT_FOUND RESOURCE_NOT_FOUND}. */
    static String reason(StatusRuntimeException failure) {
        String code = failure.getStatus().getCode().name();
        return detail(failure, ErrorInfo.class)
                .map(info -> code + " " + info.getReason())
                .orElse(code);
    }

    /** What a failure says of where it comes from. */
    static Map<String, String> metadata(StatusRuntimeException failure) {
        return detail(failure, ErrorInfo.class).map(ErrorInfo::getMetadataMap).orElse(Map.of());
    }

    /** When the server says to come again. */
    static Optional<Duration> retryAfter(StatusRuntimeException failure) {
        return detail(failure, RetryInfo.class)
                .map(RetryInfo::getRetryDelay)
                .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    }

    private static <M extends Message> Optional<M> detail(StatusRuntimeException failure, Class<M> type) {
        Status status = StatusProto.fromThrowable(failure);
        for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return Optional.of(detail.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}
