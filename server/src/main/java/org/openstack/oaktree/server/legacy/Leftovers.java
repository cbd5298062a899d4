package org.openstack.oaktree.server.legacy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.Structs;

/** What of today's resource the message of 2016 has no field for, under its name: text as it is, all else as JSON. */
final class Leftovers {
    // The regular fields of a resource.
    private static final int LOCATION = 1;
    private static final int ID = 2;
    private static final int NAME = 3;
    private static final int PROPERTIES = 99;

    private final Map<String, @Nullable Object> values = new TreeMap<>();
    private final Message resource;

    private Leftovers(Message resource) {
        this.resource = resource;
        resource.getAllFields().forEach((field, value) -> {
            if (field.getNumber() == PROPERTIES) {
                values.putAll(Structs.json((Struct) value));
            } else {
                values.put(field.getName(), json(field, value));
            }
        });
        without(LOCATION, ID, NAME);
    }

    static Leftovers of(Message resource) {
        return new Leftovers(resource);
    }

    /** Takes the fields out that the message of 2016 has. */
    Leftovers without(int... fields) {
        for (int number : fields) {
            FieldDescriptor field = resource.getDescriptorForType().findFieldByNumber(number);
            if (field != null) {
                values.remove(field.getName());
            }
        }
        return this;
    }

    /** Adds a word that the message of 2016 has a field but no value for. Empty: there is nothing to say. */
    void put(String name, String word) {
        if (!word.isEmpty()) {
            values.put(name, word);
        }
    }

    /** Takes a text out. */
    Optional<String> takeText(String name) {
        if (values.get(name) instanceof String text) {
            values.remove(name);
            return Optional.of(text);
        }
        return Optional.empty();
    }

    /** Takes a list of texts out, or of the texts of this name in a list of objects. */
    List<String> takeTexts(String name, String member) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            values.remove(name);
            for (Object element : list) {
                Object text = element instanceof Map<?, ?> object ? object.get(member) : element;
                if (text instanceof String known) {
                    texts.add(known);
                }
            }
        }
        return texts;
    }

    Map<String, String> asText() {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(
                name, value instanceof String text ? text : new String(JsonTree.write(value), StandardCharsets.UTF_8)));
        return texts;
    }

    private static Object json(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, Object> object = new TreeMap<>();
            for (Object entry : (List<?>) value) {
                Message pair = (Message) entry;
                FieldDescriptor member = field.getMessageType().findFieldByNumber(2);
                object.put(
                        pair.getField(field.getMessageType().findFieldByNumber(1))
                                .toString(),
                        json(member, pair.getField(member)));
            }
            return object;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Leftovers::json).toList();
        }
        return json(value);
    }

    private static Object json(Object value) {
        return switch (value) {
            case Boolean known -> known;
            case Integer known -> known;
            case Long known -> known;
            case Double known -> known;
            case Timestamp time -> Timestamps.toString(time);
            case Message message -> tree(message);
            default -> value.toString();
        };
    }

    private static Object tree(Message message) {
        try {
            String text = JsonFormat.printer().preservingProtoFieldNames().print(message);
            Object tree = JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
            return tree == null ? "" : tree;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
