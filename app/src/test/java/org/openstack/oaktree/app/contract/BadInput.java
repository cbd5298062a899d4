package org.openstack.oaktree.app.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Query;

/** Requests that no sensible client sends: one field of an ordinary one is wrong, too long, or made of odd characters. */
final class BadInput {
    private static final List<String> TEXTS = List.of(
            "*",
            "../../etc",
            "a/b?c=d#e",
            "'\";--",
            "🌳 \u202e",
            "\u0000",
            " ",
            "\n",
            "%2e%2e",
            "[",
            "in:a,b",
            "x".repeat(1_000_000));

    private BadInput() {}

    /** Every variant of the request. */
    static List<Message> of(Message request) {
        List<Message> variants = new ArrayList<>();
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            for (Object value : values(field, request)) {
                variants.add(request.toBuilder().setField(field, value).build());
            }
        }
        return variants;
    }

    private static List<Object> values(FieldDescriptor field, Message request) {
        return switch (field.getJavaType()) {
            case STRING -> new ArrayList<>(TEXTS);
            case INT -> List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BOOLEAN -> List.of(true);
            case MESSAGE -> messages(field, request);
            default -> List.of();
        };
    }

    private static List<Object> messages(FieldDescriptor field, Message request) {
        List<Object> values = new ArrayList<>();
        String type = field.getMessageType().getFullName();
        if (type.equals(Duration.getDescriptor().getFullName())) {
            values.add(Duration.newBuilder().setSeconds(-1).build());
            values.add(Duration.newBuilder().setSeconds(Long.MAX_VALUE).build());
            values.add(Duration.newBuilder().setNanos(-1_000_000_000).build());
        } else if (type.equals(Location.getDescriptor().getFullName())
                || type.equals(Query.getDescriptor().getFullName())) {
            // The places of one that already names a cloud, so that a wrong part meets right ones.
            values.addAll(of((Message) request.getField(field)));
        } else if (type.equals(Location.Project.getDescriptor().getFullName())) {
            TEXTS.forEach(text -> values.add(Location.Project.newBuilder()
                    .setName(text)
                    .setDomainName("Default")
                    .build()));
            TEXTS.forEach(
                    text -> values.add(Location.Project.newBuilder().setId(text).build()));
        } else if (type.equals(Struct.getDescriptor().getFullName())) {
            TEXTS.forEach(text -> values.add(Struct.newBuilder()
                    .putFields(
                            text, Value.newBuilder().setNumberValue(Double.NaN).build())
                    .build()));
        }
        return values;
    }
}
