package org.openstack.oaktree.simcloud.glance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.Python;

/** What may stand in which attribute of an image, and who may put it there. */
final class ImageRules {
    private static final List<String> READ_ONLY = List.of(
            "id",
            "size",
            "virtual_size",
            "status",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "created_at",
            "updated_at",
            "self",
            "file",
            "schema",
            "direct_url",
            "locations");
    private static final List<String> TEXTS = List.of("name", "disk_format", "container_format", "visibility", "owner");
    private static final List<String> FLAGS = List.of("protected", "os_hidden");
    private static final List<String> NUMBERS = List.of("min_ram", "min_disk");
    private static final List<String> DISK_FORMATS =
            List.of("ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop");
    private static final List<String> CONTAINER_FORMATS =
            List.of("ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed");
    private static final List<String> VISIBILITIES = List.of("community", "public", "private", "shared");
    private static final int MAX_TEXT = 255;

    private ImageRules() {}

    /** Whether it is one of the attributes that every image has, and not a property that a user made up. */
    static boolean isAttribute(String name) {
        return TEXTS.contains(name) || FLAGS.contains(name) || NUMBERS.contains(name) || name.equals("tags");
    }

    /**
     * Refuses a value that the attribute or property cannot have, or that the caller may not give it.
     *
     * @throws ApiException 400 or 403
     */
    static void check(String name, @Nullable Object value, Caller caller) {
        if (READ_ONLY.contains(name)) {
            throw new ApiException(403, "Attribute '" + name + "' is read-only.");
        }
        if (FLAGS.contains(name)) {
            require(value instanceof Boolean, value, "boolean");
        } else if (NUMBERS.contains(name)) {
            require(value instanceof Long number && number >= 0, value, "integer");
        } else if (name.equals("tags")) {
            require(value instanceof List<?>, value, "array");
        } else {
            boolean isOptional = TEXTS.contains(name);
            require(
                    value instanceof String || (value == null && isOptional),
                    value,
                    isOptional ? "null', 'string" : "string");
            require(
                    !(value instanceof String text) || text.length() <= MAX_TEXT || !name.equals("name"),
                    value,
                    "short text");
            requireBasicPlane(
                    value,
                    Character.toUpperCase(name.charAt(0)) + name.substring(1)
                            + " can't contain 4 byte unicode characters.");
        }
        switch (name) {
            case "disk_format" -> requireOneOf(value, DISK_FORMATS);
            case "container_format" -> requireOneOf(value, CONTAINER_FORMATS);
            case "visibility" -> requireOneOf(value, VISIBILITIES);
            default -> {
                return;
            }
        }
        if ("public".equals(value) && !caller.isAdmin()) {
            throw new ApiException(403, "You are not authorized to complete publicize_image action.");
        }
    }

    /**
     * Refuses a tag that Glance refuses: when everything else is done.
     *
     * @throws ApiException 400
     */
    static void checkTag(String tag) {
        requireBasicPlane(tag, "Param values can't contain 4 byte unicode.");
    }

    private static void requireBasicPlane(@Nullable Object value, String refusal) {
        if (value instanceof String text && text.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
            throw new ApiException(400, refusal);
        }
    }

    private static void require(boolean isRight, @Nullable Object value, String type) {
        if (!isRight) {
            throw mismatch(Python.repr(value) + " is not of type '" + type + "'");
        }
    }

    private static void requireOneOf(@Nullable Object value, List<String> words) {
        if (value != null && !words.contains(Python.str(value))) {
            throw mismatch(Python.repr(value) + " is not one of " + Python.repr(words));
        }
    }

    private static ApiException mismatch(String detail) {
        return new ApiException(400, "Provided object does not match schema 'image': " + detail);
    }
}
