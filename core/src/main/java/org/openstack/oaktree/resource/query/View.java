package org.openstack.oaktree.resource.query;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.resource.json.Structs;
import org.openstack.oaktree.resource.json.Times;

/**
 * What a query sees of messages: proto field names, then the keys of {@code properties}. Values are messages, maps, lists, text,
 * numbers, booleans and null; enums are the cloud's text, times RFC 3339 in UTC.
 *
 * <p>One view serves one query over one list and remembers the names that were asked for, so that a name that no resource knows
 * can be refused: it is a typing error and must not look like an empty list. Not safe for use by several threads.
 */
final class View {
    private final Set<String> found = new HashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();

    /** The value of that name in the message; null when it has none. */
    @Nullable
    Object get(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        if (field != null) {
            return value(message, field);
        }
        Struct properties = properties(message);
        Value property = properties == null ? null : properties.getFieldsMap().get(name);
        (property == null ? missing : found).add(name);
        return property == null ? null : Structs.json(property);
    }

    /** Names that were asked for and that no message knew. */
    Set<String> unknownNames() {
        Set<String> unknown = new LinkedHashSet<>(missing);
        unknown.removeAll(found);
        return unknown;
    }

    /** All names of a message. */
    static List<String> names(Message message) {
        List<String> names = new ArrayList<>();
        message.getDescriptorForType().getFields().forEach(field -> names.add(field.getName()));
        Struct properties = properties(message);
        if (properties != null) {
            names.addAll(properties.getFieldsMap().keySet());
        }
        return names;
    }

    private static @Nullable Struct properties(Message message) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByNumber(99);
        return field != null && message.getField(field) instanceof Struct struct ? struct : null;
    }

    private static @Nullable Object value(Message message, FieldDescriptor field) {
        if (field.isMapField()) {
            return map(message, field);
        }
        if (field.isRepeated()) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                list.add(value(message, field, message.getRepeatedField(field, i)));
            }
            return list;
        }
        if (field.hasPresence() && !message.hasField(field)) {
            return null;
        }
        return value(message, field, message.getField(field));
    }

    private static Map<String, @Nullable Object> map(Message message, FieldDescriptor field) {
        FieldDescriptor keys = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor values = field.getMessageType().findFieldByNumber(2);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            Message entry = (Message) message.getRepeatedField(field, i);
            map.put(entry.getField(keys).toString(), value(entry, values, entry.getField(values)));
        }
        return map;
    }

    private static @Nullable Object value(Message message, FieldDescriptor field, Object value) {
        return switch (value) {
            case EnumValueDescriptor choice -> {
                FieldDescriptor text = Options.textOf(field);
                yield text == null ? Options.text(choice) : message.getField(text);
            }
            case Timestamp time -> Times.text(time);
            case Duration duration -> Durations.toString(duration);
            case Struct struct -> Structs.json(struct);
            case Value any -> Structs.json(any);
            default -> value;
        };
    }
}
