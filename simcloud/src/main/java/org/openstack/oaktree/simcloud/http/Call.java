package org.openstack.oaktree.simcloud.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.json.Json;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** One HTTP request as a service sees it. */
public final class Call {
    private static final String ROUTE = " route";
    private static final Microversion NO_VERSION = new Microversion(0, 0);

    private final Incoming incoming;
    private final Map<String, String> variables;
    private final @Nullable Caller caller;
    private final byte[] body;
    private final Microversion version;

    /**
     * What arrived, before any service looked at it.
     *
     * @param path decoded, below the service's prefix, beginning with a slash or empty
     * @param serviceUrl the URL of the service's prefix, without a slash at its end
     * @param requestId of this call, "req-UUID"
     */
    public record Incoming(
            String method,
            String path,
            Query query,
            Headers headers,
            InputStream content,
            String serviceUrl,
            String requestId) {}

    /** Headers by name in any case. */
    @FunctionalInterface
    public interface Headers {
        @Nullable
        String get(String name);
    }

    Call(Incoming incoming) {
        this(incoming, Map.of(), null, new byte[0], NO_VERSION);
    }

    private Call(
            Incoming incoming,
            Map<String, String> variables,
            @Nullable Caller caller,
            byte[] body,
            Microversion version) {
        this.incoming = incoming;
        this.variables = variables;
        this.caller = caller;
        this.body = body;
        this.version = version;
    }

    Call with(Map<String, String> routed) {
        return new Call(incoming, routed, caller, body, version);
    }

    /** The same call, now that it is known who makes it. */
    public Call by(Caller known) {
        return new Call(incoming, variables, known, body, version);
    }

    Call withBody(byte[] read) {
        return new Call(incoming, variables, caller, read, version);
    }

    /** The same call, now that its microversion is known. */
    public Call at(Microversion asked) {
        return new Call(incoming, variables, caller, body, asked);
    }

    /** The microversion that was negotiated. */
    public Microversion version() {
        return version;
    }

    /** The same call, for which the router looks as if this were its path. */
    public Call routedBy(String path) {
        return new Call(incoming, Map.of(ROUTE, path), caller, body, version);
    }

    String route() {
        return variables.getOrDefault(ROUTE, path());
    }

    public String method() {
        return incoming.method();
    }

    public String path() {
        return incoming.path();
    }

    public Query query() {
        return incoming.query();
    }

    /** The header's value, or "" when it was not sent. */
    public String header(String name) {
        String value = incoming.headers().get(name);
        return value == null ? "" : value;
    }

    /** Where the service lives: {@code http://127.0.0.1:PORT/compute}. */
    public String serviceUrl() {
        return incoming.serviceUrl();
    }

    public String requestId() {
        return incoming.requestId();
    }

    /** What stands in the path at the place that the route names so. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("the call was not authenticated");
        }
        return caller;
    }

    /** The body of a call whose route does not stream, read whole. */
    public byte[] body() {
        return body;
    }

    /** The body of a call whose route streams. */
    public InputStream content() {
        return incoming.content();
    }

    /**
     * The body as JSON; null for an empty one.
     *
     * @throws org.openstack.oaktree.simcloud.json.MalformedJsonException when it is none
     */
    public @Nullable Object json() {
        return body.length == 0 ? null : Json.parse(body);
    }

    /** The body as a JSON object; an empty one when it is something else. */
    public JsonObject jsonObject() {
        return json() instanceof JsonObject object ? object : JsonObject.of();
    }

    byte[] read(int limit) {
        try {
            byte[] read = incoming.content().readNBytes(limit + 1);
            if (read.length > limit) {
                // As nova does: who closes a connection with bytes unread may cut off his own answer.
                incoming.content().transferTo(OutputStream.nullOutputStream());
                throw new ApiException(413, "Request is too large. Larger than max_request_body_size (" + limit + ").");
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
