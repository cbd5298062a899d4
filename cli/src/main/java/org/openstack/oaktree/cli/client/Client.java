package org.openstack.oaktree.cli.client;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls any method of the API by its descriptor, one at a time, and waits for the answer or the stream of answers. */
public final class Client implements AutoCloseable {
    /** A page of a list ends at 3 MiB; this leaves room for one resource above that. */
    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private final Address address;
    private final Path tokenFile;
    private final Duration timeout;
    private final ManagedChannel channel;
    private final Optional<CallCredentials> token;

    private Client(
            Address address,
            Path tokenFile,
            Duration timeout,
            ManagedChannel channel,
            Optional<CallCredentials> token) {
        this.address = address;
        this.tokenFile = tokenFile;
        this.timeout = timeout;
        this.channel = channel;
        this.token = token;
    }

    /** Opens channels; tests put their own in its place. */
    @FunctionalInterface
    public interface Connector {
        ManagedChannel connect(Address address);
    }

    /** Over the network, or a socket of this machine. */
    public static ManagedChannel connect(Address address) {
        ChannelCredentials security = address.security() == Address.Security.TLS
                ? TlsChannelCredentials.create()
                : InsecureChannelCredentials.create();
        return Grpc.newChannelBuilder(address.target(), security)
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .userAgent("oaktree-cli")
                .build();
    }

    /**
     * Nothing is sent yet.
     *
     * @param timeout longest time for each call
     * @throws CallFailure if there is a token that cannot be read, or that strangers could read on the way to the address
     */
    public static Client open(Address address, Path tokenFile, Duration timeout, Connector connector) {
        Optional<CallCredentials> token = Token.read(tokenFile);
        if (token.isPresent() && address.security() == Address.Security.NONE) {
            throw new CallFailure(
                    CallFailure.Kind.UNREACHABLE,
                    "The token in " + tokenFile + " is not sent to " + address.text()
                            + ": everybody on the way could read it. Use https://" + address.text()
                            + " if oaktree has TLS there, or run this on the machine of oaktree.");
        }
        return new Client(address, tokenFile, timeout, connector.connect(address), token);
    }

    /**
     * Calls a method with one request and one answer.
     *
     * @throws CallFailure if the answer is an error, or does not come
     */
    public DynamicMessage call(Descriptors.MethodDescriptor method, Message request) {
        try {
            return ClientCalls.blockingUnaryCall(
                    channel, grpc(method, MethodDescriptor.MethodType.UNARY), options(), request);
        } catch (StatusRuntimeException e) {
            throw Failures.of(e, address, tokenFile, timeout);
        }
    }

    /**
     * Calls a method that answers with a stream, until that ends.
     *
     * @throws CallFailure if the stream ends with an error
     */
    public void stream(Descriptors.MethodDescriptor method, Message request, Consumer<? super DynamicMessage> answers) {
        stream(method, request, timeout, answers);
    }

    /**
     * The same with another longest time for this call. The next answer is taken when the one before was; what the consumer throws ends the
     * call at the latest when this is closed.
     */
    public void stream(
            Descriptors.MethodDescriptor method,
            Message request,
            Duration longest,
            Consumer<? super DynamicMessage> answers) {
        try {
            ClientCalls.blockingServerStreamingCall(
                            channel,
                            grpc(method, MethodDescriptor.MethodType.SERVER_STREAMING),
                            options(longest),
                            request)
                    .forEachRemaining(answers);
        } catch (StatusRuntimeException e) {
            throw Failures.of(e, address, tokenFile, longest);
        }
    }

    /**
     * Calls a method with a stream of requests and one answer. Takes the next request only when there is room for it; none any more when the
     * answer is there. What the requests throw ends the call.
     *
     * @param longest longest time for this call
     * @throws CallFailure if the answer is an error, or does not come
     */
    public DynamicMessage upload(
            Descriptors.MethodDescriptor method, Duration longest, Iterator<? extends Message> requests) {
        try {
            Upload upload = new Upload();
            ClientCalls.asyncClientStreamingCall(
                    channel.newCall(grpc(method, MethodDescriptor.MethodType.CLIENT_STREAMING), options(longest)),
                    upload);
            return upload.send(requests);
        } catch (StatusRuntimeException e) {
            throw Failures.of(e, address, tokenFile, longest);
        }
    }

    private CallOptions options() {
        return options(timeout);
    }

    private CallOptions options(Duration longest) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(longest.toMillis(), TimeUnit.MILLISECONDS);
        return token.map(options::withCallCredentials).orElse(options);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static MethodDescriptor<Message, DynamicMessage> grpc(
            Descriptors.MethodDescriptor method, MethodDescriptor.MethodType type) {
        return MethodDescriptor.<Message, DynamicMessage>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }
}
