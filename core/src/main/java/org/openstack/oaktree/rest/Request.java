package org.openstack.oaktree.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * One request to a service. Its text shows neither headers nor body.
 *
 * @param method {@code GET}, {@code POST}, ...
 * @param path below the service's endpoint, beginning with a slash and encoded: made by {@link #path}; empty for the endpoint itself
 * @param query parameters in their order, not encoded
 * @param headers further headers; the token, request ID and the like come by themselves
 * @param body what it carries
 * @param microversion microversion of the service's API that the request is written in; empty for none
 * @param operation what it is for, in the words of the API: {@code ListServers}. Name of metrics
 * @param repeat whether it may be sent again when it broke
 * @param acceptsChoices whether HTTP 300 with its list of choices is an answer too: how services offer their versions
 * @param secrets texts that never appear in an error or a log, whatever the cloud answers
 */
public record Request(
        String method,
        String path,
        List<Param> query,
        Map<String, String> headers,
        Body body,
        String microversion,
        String operation,
        Repeat repeat,
        boolean acceptsChoices,
        Set<String> secrets) {

    public Request {
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
        secrets = Set.copyOf(secrets);
    }

    /** Begins a GET. */
    public static Builder get(String path) {
        return new Builder("GET", path);
    }

    /** Begins a POST. */
    public static Builder post(String path) {
        return new Builder("POST", path);
    }

    /** Begins a PUT. */
    public static Builder put(String path) {
        return new Builder("PUT", path);
    }

    /** Begins a PATCH. */
    public static Builder patch(String path) {
        return new Builder("PATCH", path);
    }

    /** Begins a DELETE. */
    public static Builder delete(String path) {
        return new Builder("DELETE", path);
    }

    /** Begins a request of any method. */
    public static Builder of(String method, String path) {
        return new Builder(method, path);
    }

    /**
     * A path of these segments, each encoded.
     *
     * @throws OaktreeException INVALID_FIELD when a segment would lead elsewhere: when it is empty, {@code .} or {@code ..}, or has a
     *     control character. It can only come from what a user wrote
     */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            boolean control = segment.chars().anyMatch(Character::isISOControl);
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || control) {
                throw OaktreeException.of(
                                ErrorReason.ERROR_REASON_INVALID_FIELD,
                                (segment.isEmpty()
                                                ? "An empty text"
                                                : control ? "A text with control characters" : "'" + segment + "'")
                                        + " is not the name or ID of anything.")
                        .build();
            }
            path.append('/').append(Urls.encode(segment));
        }
        return path.toString();
    }

    /** Whether the request changes nothing. */
    public boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether it carries a stream, or its answer is one that is passed on while it comes: how long that takes is for who sends or reads it. */
    public boolean streams() {
        return body instanceof Body.Stream || repeat == Repeat.UNTIL_READ;
    }

    /** The same request for another page or place: other parameters. */
    public Request withQuery(List<Param> other) {
        return new Request(
                method, path, other, headers, body, microversion, operation, repeat, acceptsChoices, secrets);
    }

    @Override
    public String toString() {
        return method + " " + path + Urls.queryForLog(query);
    }

    /** Collects what makes a request. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final List<Param> query = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Set<String> secrets = new TreeSet<>();
        private Body body = Body.NONE;
        private String microversion = "";
        private String operation = "";
        private Repeat repeat = Repeat.BY_METHOD;
        private boolean acceptsChoices;

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /** Adds a parameter. */
        public Builder query(String name, String value) {
            query.add(new Param(name, value));
            return this;
        }

        /** Adds parameters. */
        public Builder query(List<Param> params) {
            query.addAll(params);
            return this;
        }

        /** Sets a header. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Sets the body. */
        public Builder body(Body body) {
            this.body = body;
            return this;
        }

        /** Sets the microversion; empty for none. */
        public Builder microversion(String microversion) {
            this.microversion = microversion;
            return this;
        }

        /** Sets the name of the operation. */
        public Builder operation(String operation) {
            this.operation = operation;
            return this;
        }

        /** Sets whether it may be sent again. */
        public Builder repeat(Repeat repeat) {
            this.repeat = repeat;
            return this;
        }

        /** HTTP 300 is an answer too. */
        public Builder acceptsChoices() {
            this.acceptsChoices = true;
            return this;
        }

        /** Adds a text that must never be shown. */
        public Builder secret(String secret) {
            secrets.add(secret);
            return this;
        }

        /** The request. */
        public Request build() {
            return new Request(
                    method, path, query, headers, body, microversion, operation, repeat, acceptsChoices, secrets);
        }
    }
}
