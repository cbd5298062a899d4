package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.io.InputStream;
import java.util.Optional;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * What a client sent: a message, or bytes that are none. gRPC would answer the latter with UNKNOWN; they are the client's mistake.
 *
 * @param message empty when the bytes are not one of the type that the method takes
 */
record Received(Optional<Message> message) {
    private static final Received UNREADABLE = new Received(Optional.empty());

    static OaktreeException refusal(String problem) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, problem)
                .field("", problem)
                .build();
    }

    /** Reads requests of one type. */
    static Marshaller<Received> marshaller(Message defaultInstance) {
        Marshaller<Message> messages = ProtoUtils.marshaller(defaultInstance);
        return new Marshaller<>() {
            @Override
            public InputStream stream(Received request) {
                return messages.stream(request.message().orElseThrow());
            }

            @Override
            public Received parse(InputStream bytes) {
                try {
                    return new Received(Optional.of(messages.parse(bytes)));
                } catch (StatusRuntimeException e) {
                    return UNREADABLE;
                }
            }
        };
    }
}
