package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.cli.output.Value;

/**
 * The way from a resource to one of its values: names of fields with dots between ({@code location.project.id}); behind a map or struct a
 * key, which may have dots itself.
 *
 * @param fields none: the whole resource
 * @param key key in the map or struct that the last field is; empty: the field itself
 */
record FieldPath(List<FieldDescriptor> fields, String key) {
    static final FieldPath WHOLE = new FieldPath(List.of(), "");

    /** The path, if the resource has it, as far as its descriptor tells. */
    static Optional<FieldPath> of(Descriptor resource, String text) {
        List<FieldDescriptor> fields = new ArrayList<>();
        Descriptor message = resource;
        String rest = text;
        while (true) {
            int dot = rest.indexOf('.');
            FieldDescriptor field = message.findFieldByName(dot < 0 ? rest : rest.substring(0, dot));
            if (field == null) {
                return Optional.empty();
            }
            fields.add(field);
            if (dot < 0) {
                return Optional.of(new FieldPath(List.copyOf(fields), ""));
            }
            rest = rest.substring(dot + 1);
            if (isKeyed(field)) {
                return rest.isEmpty() ? Optional.empty() : Optional.of(new FieldPath(List.copyOf(fields), rest));
            }
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isRepeated()) {
                return Optional.empty();
            }
            message = field.getMessageType();
        }
    }

    /** What the cloud says under this key and no field of the resource names. */
    static FieldPath ofProperty(Descriptor resource, String key) {
        return new FieldPath(List.of(resource.findFieldByNumber(Fields.PROPERTIES)), key);
    }

    /** The value; {@link Value#NOTHING} where any part of the way is absent. */
    Value read(Message resource) {
        if (fields.isEmpty()) {
            return Values.message(resource);
        }
        Message message = resource;
        for (FieldDescriptor field : fields.subList(0, fields.size() - 1)) {
            if (!message.hasField(field)) {
                return Value.NOTHING;
            }
            message = (Message) message.getField(field);
        }
        Value value = Values.of(message, fields.getLast());
        if (key.isEmpty()) {
            return value;
        }
        return value instanceof Value.Entries entries
                ? entries.entries().getOrDefault(key, Value.NOTHING)
                : Value.NOTHING;
    }

    private static boolean isKeyed(FieldDescriptor field) {
        return field.isMapField()
                || (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && !field.isRepeated()
                        && field.getMessageType().getFullName().equals("google.protobuf.Struct"));
    }
}
