package org.openstack.oaktree.simcloud.json;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values in Python's own notation, because OpenStack's error messages quote what was sent like that. */
public final class Python {
    private Python() {}

    /** As {@code repr()} does: texts in quotes. */
    public static String repr(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean flag -> flag ? "True" : "False";
            case String text -> quoted(text);
            case JsonObject object -> {
                StringJoiner joiner = new StringJoiner(", ", "{", "}");
                object.forEach((name, member) -> joiner.add(quoted(name) + ": " + repr(member)));
                yield joiner.toString();
            }
            case Iterable<?> list -> {
                StringJoiner joiner = new StringJoiner(", ", "[", "]");
                list.forEach(item -> joiner.add(repr(item)));
                yield joiner.toString();
            }
            default -> value.toString();
        };
    }

    /** As {@code str()} does: a text as it is. */
    public static String str(@Nullable Object value) {
        return value instanceof String text ? text : repr(value);
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        if (escaped.contains("'") && !escaped.contains("\"")) {
            return '"' + escaped + '"';
        }
        return "'" + escaped.replace("'", "\\'") + "'";
    }
}
