package org.openstack.oaktree.resource.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.v1.Convert;

/** Writes messages as JSON objects: only what is set, at the first alternative of each field's path. */
public final class MessageWriter {
    /** Names of the request fields that are oaktree's own business, up to the number where a resource's own fields begin. */
    private static final int FIRST_OWN_FIELD = 10;

    private MessageWriter() {}

    /**
     * The body that a Create request stands for.
     *
     * @param inside takes the members of the resource
     * @param outside takes the members that are sent beside it
     */
    public static void create(
            Message request, Map<String, @Nullable Object> inside, Map<String, @Nullable Object> outside) {
        for (FieldDescriptor field : ownFields(request.getDescriptorForType())) {
            write(request, field, Options.of(field).getOutside() ? outside : inside);
        }
    }

    /** The fields of a request that its body has a place for. */
    public static List<FieldDescriptor> ownFields(Descriptor request) {
        return request.getFields().stream()
                .filter(field ->
                        field.getNumber() >= FIRST_OWN_FIELD || field.getName().equals("name"))
                .filter(field -> Options.of(field).getQuery().isEmpty()
                        && !Options.paths(field).isEmpty())
                .toList();
    }

    /** Whether a field of the request writes the member of that name. */
    public static boolean isMapped(Descriptor request, String member) {
        return request.getFields().stream()
                .flatMap(field -> Options.paths(field).stream())
                .anyMatch(path -> path.member().equals(member));
    }

    /** The JSON object of a message all of whose fields are mapped. */
    public static Map<String, @Nullable Object> object(Message message) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            write(message, field, object);
        }
        return object;
    }

    private static void write(Message message, FieldDescriptor field, Map<String, @Nullable Object> into) {
        List<JsonPath> paths = Options.paths(field);
        if (paths.isEmpty() || !isSet(message, field)) {
            return;
        }
        List<JsonPath.Step> steps = paths.getFirst().steps();
        put(into, steps, field.isMapField() ? map(message, field) : value(message, field));
    }

    private static boolean isSet(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            return message.getRepeatedFieldCount(field) > 0;
        }
        return message.hasField(field)
                || (field.getJavaType() == FieldDescriptor.JavaType.ENUM
                        && !Options.text((EnumValueDescriptor) message.getField(field))
                                .isEmpty());
    }

    private static Object value(Message message, FieldDescriptor field) {
        if (!field.isRepeated()) {
            return json(field, message.getField(field));
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            list.add(json(field, message.getRepeatedField(field, i)));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Message message, FieldDescriptor field) {
        FieldDescriptor keys = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor values = field.getMessageType().findFieldByNumber(2);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            Message entry = (Message) message.getRepeatedField(field, i);
            object.put(entry.getField(keys).toString(), json(values, entry.getField(values)));
        }
        return object;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, @Nullable Object> into, List<JsonPath.Step> steps, Object value) {
        Map<String, @Nullable Object> object = into;
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof JsonPath.Key key)) {
                throw new IllegalArgumentException("cannot be written at " + steps);
            }
            if (i == steps.size() - 1) {
                object.merge(key.name(), value, MessageWriter::merged);
                return;
            }
            if (steps.get(i + 1) instanceof JsonPath.Every) {
                putEach(object, key.name(), steps.subList(i + 2, steps.size()), (List<Object>) value);
                return;
            }
            object = (Map<String, @Nullable Object>)
                    object.computeIfAbsent(key.name(), any -> new LinkedHashMap<String, @Nullable Object>());
        }
    }

    /** Of an object, what another field has written into it stays: that one names the very member. */
    @SuppressWarnings("unchecked") // JSON objects have texts for keys.
    private static Object merged(Object earlier, Object value) {
        if (!(earlier instanceof Map<?, ?> named) || !(value instanceof Map<?, ?> whole)) {
            return value;
        }
        Map<String, @Nullable Object> both = new LinkedHashMap<>((Map<String, @Nullable Object>) whole);
        both.putAll((Map<String, @Nullable Object>) named);
        return both;
    }

    private static void putEach(
            Map<String, @Nullable Object> into, String name, List<JsonPath.Step> inner, List<Object> values) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object value : values) {
            if (inner.isEmpty()) {
                list.add(value);
            } else {
                Map<String, @Nullable Object> element = new LinkedHashMap<>();
                put(element, inner, value);
                list.add(element);
            }
        }
        into.put(name, list);
    }

    private static Object json(FieldDescriptor field, Object value) {
        Object json = switch (field.getJavaType()) {
            case ENUM -> word(field, (EnumValueDescriptor) value);
            case BYTE_STRING -> Base64.getEncoder().encodeToString(((ByteString) value).toByteArray());
            case FLOAT, DOUBLE -> ((Number) value).doubleValue();
            case INT, LONG, BOOLEAN, STRING -> value;
            case MESSAGE -> message(field, (Message) value);
        };
        return Options.of(field).getConvert() == Convert.CONVERT_TEXT ? json.toString() : json;
    }

    /** The cloud's word; of a number that a newer client knows, none can be said. */
    private static String word(FieldDescriptor field, EnumValueDescriptor value) {
        if (field.getEnumType().findValueByNumber(value.getNumber()) == null) {
            throw OaktreeException.invalidField(field.getName(), "has no value " + value.getNumber());
        }
        return Options.text(value);
    }

    private static Object message(FieldDescriptor field, Message message) {
        try {
            return message(message);
        } catch (NumberFormatException e) {
            throw OaktreeException.invalidField(field.getName(), "holds a number that JSON has no text for");
        }
    }

    private static Object message(Message message) {
        return switch (message) {
            case Struct struct -> Structs.json(struct);
            case ListValue list ->
                list.getValuesList().stream().map(Structs::json).toList();
            case Timestamp time -> Times.text(time);
            case Value value -> {
                Object json = Structs.json(value);
                yield json == null ? Map.of() : json;
            }
            default -> object(message);
        };
    }
}
