package org.openstack.oaktree.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of openstacksdk on nested settings. Keys keep the place where they stood first. */
final class Tree {

    private Tree() {}

    /** The map with its keys known to be text; the readers make no others. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /** {@code over} laid over {@code base}: maps merge at every depth, everything else is replaced. */
    static Map<String, @Nullable Object> merge(Map<String, @Nullable Object> base, Map<String, @Nullable Object> over) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(base);
        over.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below && merged.get(key) instanceof Map<?, ?> old) {
                merged.put(key, merge(map(old), map(below)));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    /** {@code - to _} in keys, whole numbers and fractions to text, in maps at every depth but not in lists. */
    static Map<String, @Nullable Object> normalized(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> normalized = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            String key = name.replace('-', '_');
            normalized.put(
                    key,
                    switch (value) {
                        case null -> null;
                        case Map<?, ?> below -> normalized(map(below));
                        case Long number -> text(key, number);
                        case BigInteger number -> text(key, number);
                        case Double number -> PythonText.of(number);
                        default -> value;
                    });
        });
        return normalized;
    }

    /** The same settings, nowhere to be changed, and without the nulls among the outermost. */
    static Map<String, Object> frozen(Map<String, @Nullable Object> settings) {
        Map<String, Object> frozen = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            if (value != null) {
                frozen.put(key, frozen(value));
            }
        });
        return Collections.unmodifiableMap(frozen);
    }

    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> frozen = new LinkedHashMap<>();
            map(map).forEach((key, below) -> frozen.put(key, below == null ? null : frozen(below)));
            return Collections.unmodifiableMap(frozen);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> frozen = new ArrayList<>();
            list.forEach(item -> frozen.add(item == null ? null : frozen(item)));
            return Collections.unmodifiableList(frozen);
        }
        return value;
    }

    private static Object text(String key, Number number) {
        return key.equals("verbose_level") || key.equals("api_timeout") ? number : number.toString();
    }
}
