package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.DefaultInstances;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.RpcService;

/** One method of the API with all that its calls share: made once, when the server starts. */
final class BoundMethod {
    private final RpcMethod rpc;
    private final String name;
    private final boolean streams;
    private final Message emptyRequest;
    private final Optional<FieldDescriptor> timeoutField;
    private final Shared shared;

    /** What all methods of a server share. */
    record Shared(Deadlines deadlines, CallsInFlight inFlight, CallReports reports) {}

    private BoundMethod(RpcMethod rpc, Shared shared) {
        MethodDescriptor declared = rpc.descriptor();
        this.rpc = rpc;
        this.name = io.grpc.MethodDescriptor.generateFullMethodName(
                declared.getService().getFullName(), declared.getName());
        this.streams = declared.isServerStreaming();
        this.emptyRequest = DefaultInstances.of(declared.getInputType());
        this.timeoutField = Deadlines.timeoutField(declared);
        this.shared = shared;
    }

    /** What gRPC needs to serve one service of the API. */
    static ServerServiceDefinition define(RpcService service, Shared shared) {
        ServiceDescriptor declared = service.descriptor();
        List<BoundMethod> methods = service.methods().stream()
                .map(rpc -> new BoundMethod(rpc, shared))
                .toList();
        List<io.grpc.MethodDescriptor<Received, RpcResponse>> descriptors =
                methods.stream().map(BoundMethod::grpcDescriptor).toList();
        io.grpc.ServiceDescriptor.Builder descriptor = io.grpc.ServiceDescriptor.newBuilder(declared.getFullName())
                .setSchemaDescriptor(new Schema.OfService(declared));
        descriptors.forEach(descriptor::addMethod);
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        for (int i = 0; i < methods.size(); i++) {
            BoundMethod method = methods.get(i);
            definition.addMethod(descriptors.get(i), (call, headers) -> {
                // Two, to notice a second request message where a call takes one; a stream asks for the next itself.
                call.request(method.receivesStream() ? 1 : 2);
                return new CallInProgress(call, method, headers);
            });
        }
        return definition.build();
    }

    private io.grpc.MethodDescriptor<Received, RpcResponse> grpcDescriptor() {
        MethodDescriptor declared = rpc.descriptor();
        return io.grpc.MethodDescriptor.<Received, RpcResponse>newBuilder()
                .setType(type(declared))
                .setFullMethodName(name)
                .setRequestMarshaller(Received.marshaller(emptyRequest))
                .setResponseMarshaller(EncodedResponse.MARSHALLER)
                .setSchemaDescriptor(new Schema.OfMethod(declared))
                .build();
    }

    private static MethodType type(MethodDescriptor declared) {
        if (declared.isClientStreaming()) {
            return declared.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING;
        }
        return declared.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
    }

    RpcMethod rpc() {
        return rpc;
    }

    /** As in the path: {@code oaktree.compute.v1.Servers/ListServers}. */
    String name() {
        return name;
    }

    String requestType() {
        return rpc.descriptor().getInputType().getFullName();
    }

    /** A request with nothing in it. */
    Message emptyRequest() {
        return emptyRequest;
    }

    /** Whether the client sends a stream of requests. */
    boolean receivesStream() {
        return rpc.descriptor().isClientStreaming();
    }

    boolean streams() {
        return streams;
    }

    CallsInFlight inFlight() {
        return shared.inFlight();
    }

    CallReports reports() {
        return shared.reports();
    }

    /** For this request, or the first one of a stream. */
    Duration timeWithoutDeadline(Message request) {
        return shared.deadlines()
                .of(streams || receivesStream(), timeoutField, Deadlines.regular(rpc.descriptor(), request));
    }
}
