package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a call may take whose caller set no deadline.
 *
 * @param unary for calls with one answer
 * @param streaming for streams
 */
public record Deadlines(Duration unary, Duration streaming) {
    /** A minute for calls with one answer; an hour for streams. */
    public static final Deadlines DEFAULT = new Deadlines(Duration.ofSeconds(60), Duration.ofHours(1));

    private static final Duration LONGEST = Duration.ofDays(1);
    /** So that a wait can say what is left when its own time is over. */
    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(5);

    private static final int TIMEOUT_FIELD = 5;

    /** The field {@code timeout} (5) of requests that may wait. */
    static Optional<FieldDescriptor> timeoutField(MethodDescriptor method) {
        return Optional.ofNullable(regular(method).findFieldByNumber(TIMEOUT_FIELD))
                .filter(field -> field.getName().equals("timeout")
                        && field.getType() == FieldDescriptor.Type.MESSAGE
                        && field.getMessageType().getFullName().equals("google.protobuf.Duration"));
    }

    /** The message of regular shape: the request, or what the first one of a client's stream has in its first field. */
    private static Descriptor regular(MethodDescriptor method) {
        FieldDescriptor first = method.getInputType().findFieldByNumber(1);
        return method.isClientStreaming() && first.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? first.getMessageType()
                : method.getInputType();
    }

    /** That message of a request. */
    static Message regular(MethodDescriptor method, Message request) {
        return regular(method).equals(method.getInputType())
                ? request
                : (Message) request.getField(method.getInputType().findFieldByNumber(1));
    }

    /** For this request: a call that says itself how long it waits gets that much, up to a day. */
    Duration of(boolean streams, Optional<FieldDescriptor> timeoutField, Message request) {
        Duration usual = streams ? streaming : unary;
        return timeoutField
                .filter(request::hasField)
                .map(field -> duration((Message) request.getField(field)).plus(BEYOND_TIMEOUT))
                .map(asked -> asked.compareTo(LONGEST) < 0 ? asked : LONGEST)
                .filter(asked -> asked.compareTo(usual) > 0)
                .orElse(usual);
    }

    private static Duration duration(Message duration) {
        long seconds = (Long) duration.getField(duration.getDescriptorForType().findFieldByNumber(1));
        // Whatever nonsense stands there must not overflow; whether it is allowed is for the call to say.
        return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST.toSeconds()));
    }
}
