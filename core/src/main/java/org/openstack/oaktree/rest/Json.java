package org.openstack.oaktree.rest;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.json.JsonTree;

/**
 * A small JSON document to look into, for answers that oaktree itself uses (tokens, catalogs, versions, errors). Lists of resources are
 * streamed by their readers instead.
 *
 * <p>Looking into it never fails: what is absent, null or of another type reads as empty.
 */
public final class Json {
    private static final Json ABSENT = new Json(null);

    /** As {@link JsonTree} reads it. */
    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Reads one document to its end.
     *
     * @throws tools.jackson.core.JacksonException when it is not JSON, or empty
     */
    public static Json read(InputStream stream) {
        return new Json(JsonTree.read(stream));
    }

    /** Member of a member of an object: {@code at("token", "project", "id")}. */
    public Json at(String... names) {
        @Nullable Object here = value;
        for (String name : names) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here == null ? ABSENT : new Json(here);
    }

    /** Elements of a list that are not null. */
    public List<Json> elements() {
        return value instanceof List<?> list
                ? list.stream().filter(Objects::nonNull).map(Json::new).toList()
                : List.of();
    }

    /** Names of an object's members that are not null, in their order. */
    public List<String> names() {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .filter(member -> member.getValue() != null)
                        .map(member -> (String) member.getKey())
                        .toList()
                : List.of();
    }

    /** A text; empty when it is none. */
    public String text() {
        return value instanceof String text ? text : "";
    }

    /** A text or number as text; empty when it is neither. */
    public String word() {
        return value instanceof Number number ? number.toString() : text();
    }

    /** A truth value. */
    public Optional<Boolean> bool() {
        return value instanceof Boolean bool ? Optional.of(bool) : Optional.empty();
    }

    /** Whether there is anything. */
    public boolean isPresent() {
        return value != null;
    }
}
