package org.openstack.oaktree.app.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openstack.oaktree.rest.v1.Rest;

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

    /** No enum has a value of this number. */
    private static final int UNKNOWN_NUMBER = 99;

    private BadInput() {}

    /**
     * A request with one odd thing in it.
     *
     * @param field what is odd: {@code location.region}
     * @param declared the innermost of it
     * @param value what it is
     * @param request the whole
     */
    record Variant(String field, FieldDescriptor declared, Object value, Message request) {
        /** The same in a part of a greater request. */
        Variant within(FieldDescriptor outer, Message whole) {
            return new Variant(outer.getName() + "." + field, declared, value, whole);
        }

        /** Whether it names another resource. */
        boolean pointsToResource() {
            return !declared.getOptions().getExtension(Rest.field).getRef().isEmpty();
        }

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
            } else if (isPlain(field)) {
                values(field).forEach(value -> variants.add(variant(field, value, request)));
            } else if (field.isRepeated()) {
                Message one =
                        request.newBuilderForType().newBuilderForField(field).build();
                for (Variant inner : of(one)) {
                    variants.add(inner.within(
                            field, variant(field, inner.request(), request).request()));
                }
            } else {
                // The parts of one that already names a cloud, so that a wrong part meets right ones.
                for (Variant inner : of((Message) request.getField(field))) {
                    Message whole =
                            request.toBuilder().setField(field, inner.request()).build();
                    variants.add(inner.within(field, whole));
                }
            }
        }
        return variants;
    }

    /** Whether the field's value is one thing to its users. */
    private static boolean isPlain(FieldDescriptor field) {
        return field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                || field.getMessageType().getFullName().startsWith("google.protobuf.");
    }

    /** The request with this value, of a repeated field this one more. */
    private static Variant variant(FieldDescriptor field, Object value, Message request) {
        Message.Builder changed = request.toBuilder();
        if (field.isRepeated()) {
            changed.addRepeatedField(field, value);
        } else {
            changed.setField(field, value);
        }
        return new Variant(field.getName(), field, value, changed.build());
    }

    private static List<?> values(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> TEXTS;
            case INT -> List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE);
            case BOOLEAN -> List.of(true);
            case ENUM -> List.of(field.getEnumType().findValueByNumberCreatingIfUnknown(UNKNOWN_NUMBER));
            case BYTE_STRING ->
                List.of(
                        ByteString.copyFrom(new byte[] {0, (byte) 0xff, (byte) 0xfe}),
                        ByteString.copyFrom(new byte[1_000_000]));
            case MESSAGE -> messages(field);
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
        if (type.equals(FieldMask.getDescriptor().getFullName())) {
            return Stream.concat(TEXTS.stream(), Stream.of("", "location", "nosuch", "name.first"))
                    .<Message>map(text -> FieldMask.newBuilder().addPaths(text).build())
                    .toList();
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
                variants.add(new Variant(field.getName() + (odd ? ".key" : ".value"), field, text, whole.build()));
            }
        }
        return variants;
    }
}
