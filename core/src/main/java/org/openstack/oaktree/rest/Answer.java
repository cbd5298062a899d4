package org.openstack.oaktree.rest;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a service answered. */
public final class Answer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    /** Header names in lower case. */
    Answer(int status, Map<String, List<String>> headers, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** First header of that name, in any case of letters. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** Every header of that name, in any case of letters. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** All headers; names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The body, to be read once; at its end at once when there is none. */
    public InputStream body() {
        return body;
    }

    /** What the service calls this request. Empty when it does not say. */
    public String openstackRequestId() {
        return header("x-openstack-request-id")
                .or(() -> header("x-compute-request-id"))
                .or(() -> header("x-trans-id"))
                .orElse("");
    }

    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
