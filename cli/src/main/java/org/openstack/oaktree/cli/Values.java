package org.openstack.oaktree.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.cli.output.Value;

/** Reads messages into {@link Value}s. */
final class Values {
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private Values() {}

    /** The field of the message; {@link Value#NOTHING} if it is absent and that differs from empty. */
    static Value of(Message message, FieldDescriptor field) {
        if (field.isMapField()) {
            Map<String, Value> entries = new LinkedHashMap<>();
            for (Object entry : (List<?>) message.getField(field)) {
                Message pair = (Message) entry;
                Descriptor type = pair.getDescriptorForType();
                entries.put(
                        String.valueOf(pair.getField(type.findFieldByNumber(1))), of(pair, type.findFieldByNumber(2)));
            }
            return Value.entries(entries);
        }
        if (field.isRepeated()) {
            return Value.items(((List<?>) message.getField(field))
                    .stream().map(item -> single(field, item)).toList());
        }
        if (field.hasPresence() && !message.hasField(field)) {
            return Value.NOTHING;
        }
        return single(field, message.getField(field));
    }

    private static Value single(FieldDescriptor field, Object value) {
        return switch (value) {
            case String text -> Value.text(text);
            case Integer number -> Value.whole(number);
            case Long number -> Value.whole(number);
            case Float number -> new Value.Real(number);
            case Double number -> new Value.Real(number);
            case Boolean flag -> Value.flag(flag);
            case EnumValueDescriptor constant -> Value.text(EnumNames.word(constant));
            case ByteString bytes -> Value.text(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Message message -> message(message);
            default -> throw new IllegalStateException(field.getFullName() + " is a " + value.getClass());
        };
    }

    /** A message as its fields, or as what it stands for. */
    static Value message(Message message) {
        Descriptor type = message.getDescriptorForType();
        if (type.getFullName().equals(Timestamp.getDescriptor().getFullName())) {
            return Value.text(
                    Instant.ofEpochSecond(seconds(message), nanos(message)).toString());
        }
        if (type.getFullName().equals(Duration.getDescriptor().getFullName())) {
            return Value.text(java.time.Duration.ofSeconds(seconds(message), nanos(message))
                    .toString());
        }
        if (type.getFullName().equals(Struct.getDescriptor().getFullName())) {
            return of(message, type.findFieldByNumber(Struct.FIELDS_FIELD_NUMBER));
        }
        if (type.getFullName()
                .equals(com.google.protobuf.ListValue.getDescriptor().getFullName())) {
            return of(message, type.findFieldByNumber(1));
        }
        if (type.getFullName().equals(com.google.protobuf.Value.getDescriptor().getFullName())) {
            return json(message);
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            boolean absent = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.isRepeated()
                    && !message.hasField(field);
            if (!absent) {
                entries.put(field.getName(), of(message, field));
            }
        }
        return Value.entries(entries);
    }

    private static Value json(Message value) {
        for (Map.Entry<FieldDescriptor, Object> field : value.getAllFields().entrySet()) {
            if (field.getKey().getNumber() == com.google.protobuf.Value.NULL_VALUE_FIELD_NUMBER) {
                return Value.NOTHING;
            }
            if (field.getValue() instanceof Double number
                    && number == Math.rint(number)
                    && Math.abs(number) < EXACT_IN_DOUBLE) {
                return Value.whole(number.longValue());
            }
            return single(field.getKey(), field.getValue());
        }
        return Value.NOTHING;
    }

    private static long seconds(Message time) {
        return (Long) time.getField(time.getDescriptorForType().findFieldByNumber(1));
    }

    private static int nanos(Message time) {
        return (Integer) time.getField(time.getDescriptorForType().findFieldByNumber(2));
    }
}
