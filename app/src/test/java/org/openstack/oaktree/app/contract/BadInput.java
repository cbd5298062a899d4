package org.openstack.oaktree.app.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;

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

    private static final List<Value> VALUES = List.of(
            Value.newBuilder().setNumberValue(Double.NaN).build(),
            Value.newBuilder().setNumberValue(Double.NEGATIVE_INFINITY).build(),
            Value.getDefaultInstance());

    private BadInput() {}

    /**
     * A request with one odd thing in it.
     *
     * @param field what is odd: {@code location.region}
     * @param value what it is
     * @param request the whole
     */
    record Variant(String field, Object value, Message request) {
        /** Short enough to be read. */
        @Override
        public String toString() {
            String text = value.toString();
            return field + " = " + (text.length() > 60 ? text.substring(0, 60) + "… (" + text.length() + ")" : text);
        }
    }

    /** Every variant of the request. */
    static List<Variant> of(Message request) {
        List<Variant> variants = new ArrayList<>();
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            if (field.isMapField()) {
                variants.addAll(entries(field, request));
            } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                values(field).forEach(value -> variants.add(variant(field, value, request)));
            } else if (field.getMessageType().getFullName().startsWith("google.protobuf.")) {
                messages(field).forEach(value -> variants.add(variant(field, value, request)));
            } else {
                // The parts of one that already names a cloud, so that a wrong part meets right ones.
                for (Variant inner : of((Message) request.getField(field))) {
                    Message whole =
                            request.toBuilder().setField(field, inner.request()).build();
                    variants.add(new Variant(field.getName() + "." + inner.field(), inner.value(), whole));
                }
            }
        }
        return variants;
    }

    private static Variant variant(FieldDescriptor field, Object value, Message request) {
        return new Variant(
                field.getName(),
                value,
                request.toBuilder().setField(field, value).build());
    }

    private static List<?> values(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> TEXTS;
            case INT -> List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BOOLEAN -> List.of(true);
            default -> throw new IllegalArgumentException("no odd values are known of " + field.getFullName());
        };
    }

    private static List<Message> messages(FieldDescriptor field) {
        String type = field.getMessageType().getFullName();
        if (type.equals(Duration.getDescriptor().getFullName())) {
            return List.of(
                    Duration.newBuilder().setSeconds(-1).build(),
                    Duration.newBuilder().setSeconds(Long.MAX_VALUE).build(),
                    Duration.newBuilder().setSeconds(Long.MIN_VALUE).build(),
                    Duration.newBuilder().setNanos(-1_000_000_000).build(),
                    Duration.newBuilder().setSeconds(1).setNanos(-1).build());
        }
        if (type.equals(Struct.getDescriptor().getFullName())) {
            List<Message> structs = new ArrayList<>();
            TEXTS.forEach(text -> structs.add(Struct.newBuilder()
                    .putFields(text, VALUES.get(structs.size() % VALUES.size()))
                    .build()));
            structs.add(Struct.newBuilder().putFields("nosuch", nested(50)).build());
            return structs;
        }
        throw new IllegalArgumentException("no odd values are known of " + field.getFullName());
    }

    private static Value nested(int depth) {
        return depth == 0
                ? Value.newBuilder().setStringValue("deep").build()
                : Value.newBuilder()
                        .setStructValue(Struct.newBuilder().putFields("in", nested(depth - 1)))
                        .build();
    }

    private static List<Variant> entries(FieldDescriptor field, Message request) {
        List<Variant> variants = new ArrayList<>();
        for (String text : TEXTS) {
            for (boolean odd : List.of(true, false)) {
                Message.Builder whole = request.toBuilder();
                Message.Builder entry = whole.newBuilderForField(field);
                entry.setField(field.getMessageType().findFieldByName("key"), odd ? text : "id");
                entry.setField(field.getMessageType().findFieldByName("value"), odd ? "x" : text);
                whole.addRepeatedField(field, entry.build());
                variants.add(new Variant(field.getName() + (odd ? ".key" : ".value"), text, whole.build()));
            }
        }
        return variants;
    }
}
