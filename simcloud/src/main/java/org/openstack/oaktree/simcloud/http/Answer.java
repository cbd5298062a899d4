package org.openstack.oaktree.simcloud.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.json.Json;

/**
 * What a service answers.
 *
 * @param headers in the order in which they are sent
 */
public record Answer(int status, Map<String, String> headers, Body body) {
    private static final String CONTENT_TYPE = "Content-Type";

    public Answer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), Body.NONE);
    }

    public static Answer json(int status, @Nullable Object tree) {
        return text(status, "application/json", Json.bytes(tree));
    }

    public static Answer html(int status, String page) {
        return text(status, "text/html; charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer text(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of(CONTENT_TYPE, contentType), Body.of(body));
    }

    /** A copy with the header set. */
    public Answer with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Answer(status, changed, body);
    }

    public Answer withStatus(int changed) {
        return new Answer(changed, headers, body);
    }

    public Answer withBody(String contentType, Body changed) {
        return new Answer(status, headers, changed).with(CONTENT_TYPE, contentType);
    }
}
