package org.openstack.oaktree.simcloud.json;

import org.jspecify.annotations.Nullable;

/** A request body that does not look as it must, in the words of nova and cinder. */
public final class SchemaException extends RuntimeException {
    SchemaException(String field, @Nullable Object value, String message) {
        super(
                field.isEmpty()
                        ? message
                        : "Invalid input for field/attribute " + field + ". Value: " + Python.str(value) + ". "
                                + message);
    }

    static SchemaException type(String field, @Nullable Object value, String type) {
        return new SchemaException(field, value, Python.repr(value) + " is not of type '" + type + "'");
    }

    /** What the user is told. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
