package org.openstack.oaktree.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option in the words of the openstack client, for a field of a request. The field has no option of its own name then.
 *
 * @param name of the option, without hyphens before it
 * @param field that it fills
 * @param flag field that it sets besides; empty: none
 * @param keys of {@code KEY=VALUE,...} by which one value makes an element of the field, with the field of the element that each fills; one
 *     without a name: the whole value is that of the field
 */
record OptionWord(String name, String field, String flag, Map<String, String> keys) {
    private static final Pattern FORM = Pattern.compile("with (?<flag>\\S+)|as (?<inner>\\S+)|keys (?<keys>\\S.*)");

    /** The option as the table says it. */
    static OptionWord parse(String name, String field, String form) {
        if (form.isEmpty()) {
            return new OptionWord(name, field, "", Map.of());
        }
        Matcher matcher = FORM.matcher(form);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no form of an option: " + form);
        }
        if (matcher.group("flag") != null) {
            return new OptionWord(name, field, matcher.group("flag"), Map.of());
        }
        if (matcher.group("inner") != null) {
            return new OptionWord(name, field, "", Map.of("", matcher.group("inner")));
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (String pair : matcher.group("keys").split("\\s+", -1)) {
            Map.Entry<String, String> key = RequestOptions.pair(pair)
                    .orElseThrow(() -> new IllegalArgumentException("no key of an option: " + pair));
            keys.put(key.getKey(), key.getValue());
        }
        return new OptionWord(name, field, "", keys);
    }

    String option() {
        return "--" + name;
    }

    /** Whether it makes an element of the field. */
    boolean makesElement() {
        return !keys.isEmpty();
    }

    /** The field of the element that has the whole value. */
    Optional<String> whole() {
        return Optional.ofNullable(keys.get(""));
    }

    /** Fields that have no option of their own name. */
    Set<String> fields() {
        return flag.isEmpty() ? Set.of(field) : Set.of(field, flag);
    }
}
