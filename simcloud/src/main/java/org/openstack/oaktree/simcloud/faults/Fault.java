package org.openstack.oaktree.simcloud.faults;

import java.time.Duration;
import java.util.Map;

/**
 * A way to fail. The kinds that spoil an answer ({@link Drip}, {@link WrongBody}, {@link Truncate}, {@link CloseEarly}) need one to
 * spoil: the true one after the effect and for a GET, which has none; before the effect a stand-in, status 200 with a JSON object of
 * 4 KiB.
 */
public sealed interface Fault {
    /** Answers this instead: 429 with Retry-After, 503, a page of HTML with 500. */
    record Reply(int status, Map<String, String> headers, String body) implements Fault {
        public Reply {
            headers = Map.copyOf(headers);
        }
    }

    /** Resets the connection (RST) without an answer. */
    record Reset() implements Fault {}

    /** Never answers: the connection stays open until {@link Faults} are released or cleared, then it is reset. */
    record Hang() implements Fault {}

    /** Sends the body slowly. */
    record Drip(int bytesPerSecond) implements Fault {
        public Drip {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("bytesPerSecond must be positive: " + bytesPerSecond);
            }
        }
    }

    /** Keeps status and headers, but sends another body. */
    record WrongBody(String contentType, String body) implements Fault {}

    /** Sends only the first bytes of the body, and says so in Content-Length: the text is broken, HTTP is not. */
    record Truncate(int bytes) implements Fault {}

    /** Promises the whole body in Content-Length, sends its first bytes and closes the connection. */
    record CloseEarly(int bytes) implements Fault {}

    /** Answers rightly, but later; before the effect, the effect comes later too. */
    record Delay(Duration duration) implements Fault {}

    /** Revokes the caller's token and answers 401 in the service's own style. */
    record TokenRevoked() implements Fault {}

    /** Whether an answer is sent that this fault spoils. */
    default boolean spoilsAnswer() {
        return this instanceof Drip
                || this instanceof WrongBody
                || this instanceof Truncate
                || this instanceof CloseEarly;
    }

    /** A plain status with a body of text. */
    static Fault status(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/plain"), body);
    }

    /** 429 or 503 that says when to come back. */
    static Fault retryAfter(int status, String retryAfter) {
        return new Reply(
                status,
                Map.of("Content-Type", "application/json", "Retry-After", retryAfter),
                "{\"overLimit\": {\"code\": " + status
                        + ", \"message\": \"This request was rate-limited.\", \"retryAfter\": \"" + retryAfter
                        + "\"}}");
    }

    /** An error page as proxies write it. */
    static Fault html(int status) {
        return new Reply(
                status,
                Map.of("Content-Type", "text/html"),
                "<html><head><title>" + status + " Server Error</title></head><body><h1>" + status
                        + " Server Error</h1>\nThe server is broken.\n</body></html>");
    }
}
