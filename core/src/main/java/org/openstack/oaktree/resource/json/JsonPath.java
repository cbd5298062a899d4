package org.openstack.oaktree.resource.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a field is in a JSON document, in the small language of {@code oaktree.rest.v1.Field.json}.
 *
 * @param steps from the document's own members inwards; the first is always a {@link Key}
 */
public record JsonPath(List<Step> steps) {
    /** One step inwards. */
    public sealed interface Step permits Key, AnyKey, Every {}

    /**
     * The member of that name.
     *
     * @param name as it stands in JSON
     */
    public record Key(String name) implements Step {}

    /** Every member of an object. */
    public record AnyKey() implements Step {}

    /** Every element of a list. */
    public record Every() implements Step {}

    public JsonPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst() instanceof Key)) {
            throw new IllegalArgumentException("a JSON path begins with a member's name");
        }
    }

    /** Reads {@code a|b.c|d[]}: the alternatives in order of preference. */
    public static List<JsonPath> alternatives(String text) {
        List<JsonPath> paths = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> name.append(text.charAt(++i));
                case '.' -> endKey(name, steps);
                case '*' -> steps.add(new AnyKey());
                case '[' -> {
                    endKey(name, steps);
                    steps.add(new Every());
                    i++;
                }
                case '|' -> {
                    endKey(name, steps);
                    paths.add(new JsonPath(steps));
                    steps = new ArrayList<>();
                }
                default -> name.append(c);
            }
        }
        endKey(name, steps);
        paths.add(new JsonPath(steps));
        return paths;
    }

    /** Name of the document's own member that the path begins with. */
    public String member() {
        return ((Key) steps.getFirst()).name();
    }

    /** The steps inside that member. */
    List<Step> inner() {
        return steps.subList(1, steps.size());
    }

    private static void endKey(StringBuilder name, List<Step> steps) {
        if (!name.isEmpty()) {
            steps.add(new Key(name.toString()));
            name.setLength(0);
        }
    }
}
