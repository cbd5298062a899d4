package org.openstack.oaktree.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/** Settings that refer to others: {@code {region_name}}, {@code {auth[project_id]}}; <code>{{</code> and <code>}}</code> are braces. */
final class Placeholders {

    private static final Pattern PIECE =
            Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_]*)(?:\\[([^\\[\\]{}]+)\\])?\\}|[{}]");

    private Placeholders() {}

    /**
     * The text with every reference replaced.
     *
     * @param problem makes the error for a reference that leads nowhere; it is given what is wrong
     */
    static String expand(
            String text, Map<String, @Nullable Object> settings, Function<String, OaktreeException> problem) {
        if (text.indexOf('{') < 0 && text.indexOf('}') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            String piece = matcher.group();
            String replacement;
            if (piece.equals("{{") || piece.equals("}}")) {
                replacement = piece.substring(1);
            } else if (matcher.group(1) == null) {
                throw problem.apply("has a brace that opens or closes no {name} (a brace itself is written twice)");
            } else {
                replacement = value(matcher.group(1), matcher.group(2), settings, problem);
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(out).toString();
    }

    private static String value(
            String name,
            @Nullable String below,
            Map<String, @Nullable Object> settings,
            Function<String, OaktreeException> problem) {
        String shown = below == null ? name : name + "[" + below + "]";
        Map<String, @Nullable Object> from = settings;
        String key = name;
        if (below != null && settings.get(name) instanceof Map<?, ?> map) {
            from = Tree.map(map);
            key = below;
        } else if (below != null) {
            throw problem.apply("refers to {" + shown + "}, which is not set");
        }
        Object value = from.get(key);
        if (!from.containsKey(key) || value instanceof Map || value instanceof List) {
            throw problem.apply("refers to {" + shown + "}, which is not set or no single value");
        }
        return PythonText.of(value);
    }
}
