package org.openstack.oaktree.simcloud.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request body must look like: the part of JSON Schema that nova and cinder use, refusing in the same words. */
public interface Schema {
    /**
     * Checks a value.
     *
     * @param field the name of the member or the index that holds it; "" at the top
     * @throws SchemaException when it does not fit
     */
    void check(String field, @Nullable Object value);

    /** Also takes null. */
    default Schema orNull() {
        return (field, value) -> {
            if (value != null) {
                check(field, value);
            }
        };
    }

    static Schema any() {
        return (field, value) -> {};
    }

    /** What the test says. */
    static Schema where(Predicate<@Nullable Object> test) {
        return (field, value) -> {
            if (!test.test(value)) {
                throw new SchemaException(
                        field, value, Python.repr(value) + " is not valid under any of the given schemas");
            }
        };
    }

    static Schema text(int minLength, int maxLength) {
        return (field, value) -> {
            if (!(value instanceof String text)) {
                throw SchemaException.type(field, value, "string");
            }
            if (text.length() < minLength) {
                throw new SchemaException(field, value, Python.repr(value) + " is too short");
            }
            if (text.length() > maxLength) {
                throw new SchemaException(field, value, Python.repr(value) + " is too long");
            }
        };
    }

    static Schema matching(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return (field, value) -> {
            if (!compiled.matcher(Python.str(value)).find()) {
                throw new SchemaException(field, value, Python.repr(value) + " does not match " + Python.repr(pattern));
            }
        };
    }

    static Schema oneOf(String... words) {
        List<String> allowed = List.of(words);
        return (field, value) -> {
            if (!(value instanceof String text) || !allowed.contains(text)) {
                throw new SchemaException(field, value, Python.repr(value) + " is not one of " + Python.repr(allowed));
            }
        };
    }

    /** A whole number, or the digits of one. */
    static Schema integer(long min, long max) {
        return (field, value) -> {
            String digits = value instanceof String text && text.matches("-?[0-9]{1,18}") ? text : null;
            if (!(value instanceof Long) && digits == null) {
                throw SchemaException.type(field, value, "integer', 'string");
            }
            long number = value instanceof Long whole ? whole : Long.parseLong(String.valueOf(digits));
            if (number < min) {
                throw new SchemaException(field, value, number + " is less than the minimum of " + min);
            }
            if (number > max) {
                throw new SchemaException(field, value, number + " is greater than the maximum of " + max);
            }
        };
    }

    static Schema flag() {
        List<String> words = List.of(
                "True", "true", "TRUE", "1", "ON", "On", "on", "YES", "Yes", "yes", "y", "t", "False", "false", "FALSE",
                "0", "OFF", "Off", "off", "NO", "No", "no", "n", "f");
        return (field, value) -> {
            if (!(value instanceof Boolean) && !words.contains(Python.str(value))) {
                throw new SchemaException(field, value, Python.repr(value) + " is not one of " + Python.repr(words));
            }
        };
    }

    static Schema listOf(Schema item) {
        return (field, value) -> {
            if (!(value instanceof List<?> list)) {
                throw SchemaException.type(field, value, "array");
            }
            for (int i = 0; i < list.size(); i++) {
                item.check(String.valueOf(i), list.get(i));
            }
        };
    }

    /** An object whose members have free names and texts as values: metadata. */
    static Schema texts(int maxLength) {
        Schema text = text(0, maxLength);
        return (field, value) -> {
            if (!(value instanceof JsonObject object)) {
                throw SchemaException.type(field, value, "object");
            }
            object.forEach((name, member) -> {
                if (name.isEmpty() || name.length() > maxLength) {
                    throw new SchemaException(
                            field,
                            value,
                            Python.repr(name) + " does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'");
                }
                text.check(name, member);
            });
        };
    }

    static ObjectSchema object() {
        return new ObjectSchema();
    }

    /** An object with known members. */
    final class ObjectSchema implements Schema {
        private final Map<String, Schema> members = new LinkedHashMap<>();
        private final List<String> required = new ArrayList<>();
        private boolean isOpen;

        /** A member that may be absent. */
        public ObjectSchema may(String name, Schema schema) {
            members.put(name, schema);
            return this;
        }

        public ObjectSchema must(String name, Schema schema) {
            required.add(name);
            return may(name, schema);
        }

        /** Other members are taken, too. */
        public ObjectSchema open() {
            isOpen = true;
            return this;
        }

        @Override
        public void check(String field, @Nullable Object value) {
            if (!(value instanceof JsonObject object)) {
                throw SchemaException.type(field, value, "object");
            }
            for (String name : required) {
                if (!object.has(name)) {
                    throw new SchemaException(field, value, Python.repr(name) + " is a required property");
                }
            }
            List<String> unknown = object.names().stream()
                    .filter(name -> !members.containsKey(name))
                    .map(Python::repr)
                    .toList();
            if (!isOpen && !unknown.isEmpty()) {
                throw new SchemaException(
                        field,
                        value,
                        "Additional properties are not allowed (" + String.join(", ", unknown)
                                + (unknown.size() == 1 ? " was" : " were") + " unexpected)");
            }
            members.forEach((name, schema) -> {
                if (object.has(name)) {
                    schema.check(name, object.get(name));
                }
            });
        }
    }
}
