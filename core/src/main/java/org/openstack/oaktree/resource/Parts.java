package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/**
 * The messages that a request is made of besides its own fields: what their fields declare holds as if the request itself had them. What has
 * a meaning of its own, such as a location or a time, is none.
 */
final class Parts {
    private Parts() {}

    /** Takes one field that is set. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes it.
         *
         * @param path of its name, below the request: {@code nics.tag}
         * @param value of it; of a repeated field, all
         */
        void take(String path, FieldDescriptor field, Object value);
    }

    /** Whether the field holds parts of its message. */
    static boolean is(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isMapField()
                && field.getMessageType()
                        .getFile()
                        .getPackage()
                        .equals(field.getFile().getPackage());
    }

    /** Shows every field that the request sets, and that its parts set. */
    static void visit(Message request, Visitor visitor) {
        visit(request, "", visitor);
    }

    private static void visit(Message message, String within, Visitor visitor) {
        message.getAllFields().forEach((field, value) -> {
            String path = within + field.getName();
            visitor.take(path, field, value);
            if (is(field)) {
                List<?> parts = value instanceof List<?> several ? several : List.of(value);
                parts.forEach(part -> visit((Message) part, path + ".", visitor));
            }
        });
    }
}
