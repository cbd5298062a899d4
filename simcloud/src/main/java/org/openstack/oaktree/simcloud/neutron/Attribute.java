package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/**
 * One attribute of a kind of resource: what it may hold and who may set it.
 *
 * @param post who may give it when the resource is made
 * @param put who may change it
 * @param initial its value when none is given
 * @param isForAdmins whether only admins see it
 */
record Attribute(
        String name,
        Kind kind,
        Who post,
        Who put,
        boolean isRequired,
        @Nullable Object initial,
        boolean isForAdmins) {
    private static final int MAX_TEXT = 255;

    enum Kind {
        TEXT,
        FLAG,
        NUMBER,
        LIST,
        OBJECT,
        ANY
    }

    enum Who {
        NOBODY,
        OWNER,
        ADMIN
    }

    /** One that neutron sets by itself. */
    static Attribute fixed(String name, @Nullable Object initial) {
        return new Attribute(name, Kind.ANY, Who.NOBODY, Who.NOBODY, false, initial, false);
    }

    /** One that the owner gives and changes. */
    static Attribute free(String name, Kind kind, @Nullable Object initial) {
        return new Attribute(name, kind, Who.OWNER, Who.OWNER, false, initial, false);
    }

    /** One that the owner gives once. */
    static Attribute once(String name, Kind kind, @Nullable Object initial) {
        return new Attribute(name, kind, Who.OWNER, Who.NOBODY, false, initial, false);
    }

    /** One that the owner must give, once. */
    static Attribute required(String name, Kind kind) {
        return new Attribute(name, kind, Who.OWNER, Who.NOBODY, true, null, false);
    }

    /** One that everybody sees and only admins set. */
    static Attribute byAdmin(String name, Kind kind, @Nullable Object initial) {
        return new Attribute(name, kind, Who.ADMIN, Who.ADMIN, false, initial, false);
    }

    /** One that only admins see and set. */
    static Attribute forAdmins(String name, Kind kind, @Nullable Object initial) {
        return new Attribute(name, kind, Who.ADMIN, Who.ADMIN, false, initial, true);
    }

    /**
     * The value as neutron keeps it.
     *
     * @throws ApiException 400 when it is of the wrong kind
     */
    @Nullable
    Object convert(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case TEXT -> text(value);
            case FLAG -> flag(value);
            case NUMBER -> number(value);
            case LIST -> {
                if (!(value instanceof List<?>)) {
                    throw invalid(Python.repr(value) + " is not a list");
                }
                yield value;
            }
            case OBJECT -> {
                if (!(value instanceof JsonObject)) {
                    throw invalid(Python.repr(value) + " is not a dictionary");
                }
                yield value;
            }
            case ANY -> value;
        };
    }

    private String text(Object value) {
        if (!(value instanceof String text)) {
            throw invalid("'" + Python.str(value) + "' is not a valid string");
        }
        if (text.length() > MAX_TEXT) {
            throw invalid("'" + text + "' exceeds maximum length of " + MAX_TEXT);
        }
        return text;
    }

    static boolean flag(Object value) {
        return switch (Python.str(value).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new ApiException(
                        400,
                        "InvalidInput",
                        "Invalid input for operation: '" + Python.str(value) + "' cannot be converted to boolean.");
        };
    }

    private static long number(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof String text && text.matches("-?[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw new ApiException(
                400, "InvalidInput", "Invalid input for operation: '" + Python.str(value) + "' is not an integer.");
    }

    private ApiException invalid(String reason) {
        return new ApiException(400, "HTTPBadRequest", "Invalid input for " + name + ". Reason: " + reason + ".");
    }
}
