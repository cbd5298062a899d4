package org.openstack.oaktree.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/** Typed reading of settings; a wrong value is an error that names the setting. Absent, null and empty text are the same. */
final class Settings {

    private final Map<String, @Nullable Object> values;
    private final Function<String, OaktreeException> problem;

    /** @param problem makes the error of what is wrong with them */
    Settings(Map<String, @Nullable Object> values, Function<String, OaktreeException> problem) {
        this.values = values;
        this.problem = problem;
    }

    static Settings ofCloud(String cloud, Map<String, @Nullable Object> values) {
        return new Settings(values, what -> Problems.misconfigured(cloud, what));
    }

    /** @param place of the settings, for messages: a file, or a section of one */
    static Settings of(String place, Map<String, @Nullable Object> values) {
        return new Settings(values, what -> Problems.misconfigured(place + ": " + what));
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> scalar(key, value))
                .filter(text -> !text.isEmpty());
    }

    boolean flag(String key, boolean otherwise) {
        return text(key).map(text -> flag(key, text)).orElse(otherwise);
    }

    private boolean flag(String key, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw wrong(key, "must be true or false");
        };
    }

    Optional<Duration> seconds(String key) {
        return text(key).map(text -> duration(key, text));
    }

    Duration duration(String key, String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
                throw wrong(key, "is too large");
            }
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a number of seconds");
        }
    }

    OptionalDouble number(String key, @Nullable Object value) {
        String text = value == null ? "" : scalar(key, value);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            if (!(number > 0) || Double.isInfinite(number)) {
                throw wrong(key, "must be greater than 0");
            }
            return OptionalDouble.of(number);
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a number");
        }
    }

    /** One text or a list of them. */
    List<String> texts(String key) {
        Object value = values.get(key);
        if (value instanceof List<?> items) {
            return items.stream()
                    .map(item -> item == null ? "" : scalar(key, item))
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        return text(key).map(List::of).orElse(List.of());
    }

    Map<String, @Nullable Object> below(String key) {
        return switch (values.get(key)) {
            case null -> Map.of();
            case Map<?, ?> map -> Tree.map(map);
            case Object other -> throw wrong(key, "must be a mapping");
        };
    }

    OaktreeException wrong(String key, String what) {
        return problem.apply(key + " " + what);
    }

    private String scalar(String key, Object value) {
        if (value instanceof Map || value instanceof List) {
            throw wrong(key, "must be a single value");
        }
        return PythonText.of(value);
    }
}
