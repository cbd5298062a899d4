package org.openstack.oaktree.simcloud.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that keeps the order of its members. Values are {@link JsonObject}, {@link Iterable}, {@link String}, {@link
 * Number}, {@link Boolean}, {@link RawJson} or null.
 */
public final class JsonObject {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /** An empty object, or a copy with the members of another one put first. */
    public static JsonObject of() {
        return new JsonObject();
    }

    /** An object with one member, the usual envelope of an answer. */
    public static JsonObject of(String name, @Nullable Object value) {
        return new JsonObject().put(name, value);
    }

    public JsonObject put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /** Puts the member only when the condition holds; for members that newer API versions have. */
    public JsonObject putIf(boolean condition, String name, @Nullable Object value) {
        if (condition) {
            members.put(name, value);
        }
        return this;
    }

    public JsonObject putAll(JsonObject other) {
        members.putAll(other.members);
        return this;
    }

    public JsonObject remove(String name) {
        members.remove(name);
        return this;
    }

    public JsonObject copy() {
        return new JsonObject().putAll(this);
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public @Nullable Object get(String name) {
        return members.get(name);
    }

    /** The member as an object; an empty one when it is absent, null or of another type. */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The member as text; the fallback when it is absent, null or of another type. */
    public String text(String name, String fallback) {
        return members.get(name) instanceof String text ? text : fallback;
    }

    /** The member as text; "" when it is absent, null or of another type. */
    public String text(String name) {
        return text(name, "");
    }

    /** The member as a list; an empty one when it is absent, null or of another type. */
    public Iterable<?> list(String name) {
        return members.get(name) instanceof Iterable<?> list ? list : Collections.emptyList();
    }

    /** The member as a number; the fallback when it is absent, null, or not a number nor the digits of one. */
    public long number(String name, long fallback) {
        Object value = members.get(name);
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof String text && text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : fallback;
    }

    /** The member as a truth value; the fallback when it is absent, null or no boolean. */
    public boolean flag(String name, boolean fallback) {
        return members.get(name) instanceof Boolean flag ? flag : fallback;
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public void forEach(BiConsumer<String, @Nullable Object> action) {
        members.forEach(action);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return Json.text(this);
    }
}
