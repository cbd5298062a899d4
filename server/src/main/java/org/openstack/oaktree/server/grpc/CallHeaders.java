package org.openstack.oaktree.server.grpc;

import io.grpc.Metadata;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What the headers of a call say, beside its token.
 *
 * @param id global request ID, {@code req-<uuid>}: the caller's own, or a new one
 * @param traceparent W3C trace context; empty when there is none
 */
record CallHeaders(String id, String traceparent) {
    static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-openstack-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACEPARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    // Both go on into headers to clouds and into logs: nothing else may pass.
    private static final Pattern REQUEST_ID_FORM = Pattern.compile("req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TRACEPARENT_FORM =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    static CallHeaders read(Metadata headers) {
        String id = headers.get(REQUEST_ID);
        String traceparent = headers.get(TRACEPARENT);
        return new CallHeaders(
                id != null && REQUEST_ID_FORM.matcher(id).matches() ? id : newId(),
                traceparent != null && TRACEPARENT_FORM.matcher(traceparent).matches() ? traceparent : "");
    }

    /** Not a secret, so no secure random numbers: those cost more than the rest of a cached call's headers. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
        return "req-" + new UUID(high, low);
    }

    /** The headers of the answer, new each time: they are changed on the way. */
    Metadata ofAnswer() {
        Metadata headers = new Metadata();
        headers.put(REQUEST_ID, id);
        return headers;
    }
}
