package org.openstack.oaktree.server.grpc;

import io.grpc.Metadata;
import java.util.regex.Pattern;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.TraceContext;

/**
 * What the headers of a call say, beside its token.
 *
 * @param id global request ID, {@code req-<uuid>}: the caller's own, or a new one
 * @param trace W3C trace context
 */
record CallHeaders(String id, TraceContext trace) {
    static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-openstack-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACESTATE =
            Metadata.Key.of("tracestate", Metadata.ASCII_STRING_MARSHALLER);

    // They go on into headers to clouds and into logs: nothing else may pass.
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TRACEPARENT_FORM =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern TRACESTATE_FORM = Pattern.compile("[\\x20-\\x7e]{1,512}");

    static CallHeaders read(Metadata headers) {
        String id = headers.get(REQUEST_ID);
        return new CallHeaders(id != null && REQUEST_ID_FORM.matcher(id).matches() ? id : Call.newId(), trace(headers));
    }

    private static TraceContext trace(Metadata headers) {
        String parent = headers.get(TRACEPARENT);
        if (parent == null || !TRACEPARENT_FORM.matcher(parent).matches()) {
            return TraceContext.NONE;
        }
        Iterable<String> states = headers.getAll(TRACESTATE);
        String state = states == null ? "" : String.join(",", states);
        return new TraceContext(parent, TRACESTATE_FORM.matcher(state).matches() ? state : "");
    }

    /** The headers of the answer, new each time: they are changed on the way. */
    Metadata ofAnswer() {
        Metadata headers = new Metadata();
        headers.put(REQUEST_ID, id);
        return headers;
    }
}
