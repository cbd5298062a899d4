package org.openstack.oaktree.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where two answers differ. That openstacksdk fails, and oaktree too, is no difference, whatever the words. */
final class ParityDifferences {

    private final Map<String, Difference> found = new LinkedHashMap<>();

    private ParityDifferences() {}

    /** The differences by their place, such as {@code /answers/devstack:RegionOne/settings/image_format}. */
    static Map<String, Difference> of(@Nullable Object openstacksdk, @Nullable Object oaktree) {
        ParityDifferences differences = new ParityDifferences();
        differences.compare("", openstacksdk, oaktree);
        return differences.found;
    }

    /** Whether the value says all that the pattern says; the text of an error need only contain the pattern's. */
    static boolean matches(@Nullable Object pattern, @Nullable Object value) {
        if (pattern instanceof Map<?, ?> map) {
            return value instanceof Map<?, ?> values
                    && map.entrySet().stream()
                            .allMatch(entry -> "error".equals(entry.getKey())
                                    ? String.valueOf(values.get("error")).contains(String.valueOf(entry.getValue()))
                                    : matches(entry.getValue(), values.get(entry.getKey())));
        }
        return same(pattern, value);
    }

    private void compare(String place, @Nullable Object openstacksdk, @Nullable Object oaktree) {
        if (openstacksdk instanceof Map<?, ?> expected && oaktree instanceof Map<?, ?> actual) {
            if (expected.containsKey("error") && actual.containsKey("error")) {
                return;
            }
            if (expected.containsKey("error") == actual.containsKey("error")) {
                TreeSet<String> keys = new TreeSet<>(Tree.map(expected).keySet());
                keys.addAll(Tree.map(actual).keySet());
                keys.forEach(key -> compare(place + "/" + key, expected.get(key), actual.get(key)));
                return;
            }
        } else if (openstacksdk instanceof List<?> expected
                && oaktree instanceof List<?> actual
                && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(place + "/" + i, expected.get(i), actual.get(i));
            }
            return;
        }
        if (!same(openstacksdk, oaktree)) {
            found.put(place, new Difference(openstacksdk, oaktree));
        }
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return a.equals(b) || Double.compare(a.doubleValue(), b.doubleValue()) == 0;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> same(a.get(i), b.get(i)));
        }
        return one == null ? other == null : one.equals(other);
    }

    record Difference(
            @Nullable Object openstacksdk, @Nullable Object oaktree) {}
}
