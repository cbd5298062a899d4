package org.openstack.oaktree.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.protobuf.ProtoUtils;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.RpcService;

/** A service that exists for no other purpose than to be called by these tests; no Java was generated for it. */
final class Waits {
    static final ServiceDescriptor SERVICE = describe();
    static final MethodDescriptor GET = SERVICE.findMethodByName("Get");
    static final MethodDescriptor WATCH = SERVICE.findMethodByName("Watch");

    private Waits() {}

    private static ServiceDescriptor describe() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("test/waits.proto")
                .setSyntax("proto3")
                .setPackage("test")
                .addDependency("google/protobuf/duration.proto")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Request")
                        .addField(field("what", 2, FieldDescriptorProto.Type.TYPE_STRING))
                        .addField(field("timeout", 5, FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setTypeName(".google.protobuf.Duration")))
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("Response")
                        .addField(field("number", 1, FieldDescriptorProto.Type.TYPE_INT32))
                        .addField(field("padding", 2, FieldDescriptorProto.Type.TYPE_BYTES)))
                .addService(ServiceDescriptorProto.newBuilder()
                        .setName("Waits")
                        .addMethod(method("Get", false))
                        .addMethod(method("Watch", true)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {DurationProto.getDescriptor()})
                    .findServiceByName("Waits");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private static MethodDescriptorProto method(String name, boolean streams) {
        return MethodDescriptorProto.newBuilder()
                .setName(name)
                .setInputType(".test.Request")
                .setOutputType(".test.Response")
                .setServerStreaming(streams)
                .build();
    }

    /** The service with these two behaviours. */
    static RpcService service(
            BiConsumer<Message, Consumer<? super Message>> get, BiConsumer<Message, Consumer<? super Message>> watch) {
        return new RpcService(SERVICE, List.of(rpc(GET, get), rpc(WATCH, watch)));
    }

    static RpcMethod rpc(MethodDescriptor descriptor, BiConsumer<Message, Consumer<? super Message>> behaviour) {
        return new RpcMethod() {
            @Override
            public MethodDescriptor descriptor() {
                return descriptor;
            }

            @Override
            public void invoke(Message request, Consumer<? super RpcResponse> responses) {
                Consumer<Message> messages = message -> responses.accept(RpcResponse.of(message));
                behaviour.accept(request, messages);
            }
        };
    }

    /** As a client knows the method. */
    static io.grpc.MethodDescriptor<Message, Message> method(MethodDescriptor method) {
        return io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                .setType(
                        method.isServerStreaming()
                                ? io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING
                                : io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
                .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }

    static Message request(String what) {
        Descriptor type = GET.getInputType();
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("what"), what)
                .build();
    }

    static Message waitingRequest(java.time.Duration timeout) {
        Descriptor type = GET.getInputType();
        return DynamicMessage.newBuilder(type)
                .setField(
                        type.findFieldByName("timeout"),
                        Duration.newBuilder().setSeconds(timeout.toSeconds()).build())
                .build();
    }

    static String what(Message request) {
        return (String) request.getField(GET.getInputType().findFieldByName("what"));
    }

    static Message response(int number) {
        Descriptor type = GET.getOutputType();
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("number"), number)
                .build();
    }

    static Message response(int number, int paddingBytes) {
        Descriptor type = GET.getOutputType();
        return response(number).toBuilder()
                .setField(type.findFieldByName("padding"), ByteString.copyFrom(new byte[paddingBytes]))
                .build();
    }

    static int number(Message response) {
        return (Integer) response.getField(GET.getOutputType().findFieldByName("number"));
    }
}
