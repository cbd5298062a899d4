package org.openstack.oaktree.simcloud.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The query part of a call.
 *
 * @param parameters decoded, in the order sent; names may repeat
 */
public record Query(List<Parameter> parameters) {
    /** One {@code name=value}. */
    public record Parameter(String name, String value) {}

    public Query {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads a query as it stands in a URL.
     *
     * @throws ApiException 400 when its escapes are broken
     */
    static Query parse(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        try {
            for (String pair : raw.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    parameters.add(new Parameter(decode(name), decode(value)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "The query has a broken escape sequence.", e);
        }
        return new Query(parameters);
    }

    /** The last value sent under the name. */
    public Optional<String> last(String name) {
        return all(name).reduce((first, second) -> second);
    }

    /** The last value sent under the name, or "". */
    public String value(String name) {
        return last(name).orElse("");
    }

    public Stream<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value);
    }

    public boolean has(String name) {
        return last(name).isPresent();
    }

    /** A copy in which the name has exactly this value, at the end. */
    public Query with(String name, String value) {
        List<Parameter> changed = new ArrayList<>(without(name).parameters);
        changed.add(new Parameter(name, value));
        return new Query(changed);
    }

    public Query without(String name) {
        return new Query(parameters.stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    /** As it stands in a URL, without the question mark. */
    public String encoded() {
        return String.join(
                "&",
                parameters.stream()
                        .map(parameter -> encode(parameter.name()) + "=" + encode(parameter.value()))
                        .toList());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
