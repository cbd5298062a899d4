package org.openstack.oaktree.app.contract;

import java.util.Map;
import java.util.Set;
import org.openstack.oaktree.simcloud.faults.Fault;

/** What can happen to a request, every time that it is sent, and what a caller is told of it: it follows from what the request is for. */
enum Misfortune {
    RESET(new Fault.Reset(), Meaning.UNREACHABLE),
    CLOSED_EARLY(new Fault.CloseEarly(1), Meaning.UNREACHABLE),
    HANG(new Fault.Hang(), Meaning.TOO_SLOW),
    DRIP(new Fault.Drip(1), Meaning.TOO_SLOW),
    CUT(new Fault.Truncate(1), Meaning.UNREADABLE),
    HTML(new Fault.WrongBody("text/html", "<html>a load balancer</html>"), Meaning.UNREADABLE),
    OTHER_JSON(new Fault.WrongBody("application/json", "{\"other\": []}"), Meaning.UNREADABLE),
    STATUS_400(refusal(400, "badRequest", "Bad"), Meaning.REFUSED),
    STATUS_401(refusal(401, "unauthorized", "Who are you?"), Meaning.UNKNOWN_CALLER),
    STATUS_403(refusal(403, "forbidden", "Policy says no"), Meaning.FORBIDDEN),
    STATUS_404(refusal(404, "itemNotFound", "None"), Meaning.ABSENT),
    HTML_404(Fault.html(404), Meaning.ABSENT),
    STATUS_409(refusal(409, "conflictingRequest", "Changed meanwhile"), Meaning.CONFLICT),
    STATUS_413(refusal(413, "badRequest", "Too large"), Meaning.TOO_LARGE),
    STATUS_413_LATER(Fault.retryAfter(413, "3600"), Meaning.LIMITED),
    STATUS_429(refusal(429, "tooManyRequests", "Slow down"), Meaning.LIMITED),
    STATUS_429_LATER(Fault.retryAfter(429, "3600"), Meaning.LIMITED),
    STATUS_429_AT_A_DATE(Fault.retryAfter(429, "Fri, 01 Jan 2100 00:00:00 GMT"), Meaning.LIMITED),
    STATUS_500(refusal(500, "computeFault", "Unexpected API Error"), Meaning.UNREACHABLE),
    HTML_500(Fault.html(500), Meaning.UNREACHABLE),
    HTML_502(Fault.html(502), Meaning.UNREACHABLE),
    STATUS_503(Fault.status(503, "{}"), Meaning.UNREACHABLE),
    STATUS_503_NOW(Fault.retryAfter(503, "0"), Meaning.UNREACHABLE),
    STATUS_503_LATER(Fault.retryAfter(503, "3600"), Meaning.UNREACHABLE),
    HTML_504(Fault.html(504), Meaning.UNREACHABLE);

    /** A call that is answered in spite of it. */
    static final String ANSWERED = "OK";
    /** A service that wants to be left alone is. */
    static final String PAUSED = "RESOURCE_EXHAUSTED RATE_LIMITED";

    @SuppressWarnings("ImmutableEnumChecker") // Each is a record of numbers and texts.
    private final Fault fault;

    private final Meaning meaning;

    Misfortune(Fault fault, Meaning meaning) {
        this.fault = fault;
        this.meaning = meaning;
    }

    /** What a request is for. */
    enum Role {
        /** A login. */
        TOKEN,
        /** The document that says which versions a service has: oaktree can do without, when the service says that there is none. */
        VERSIONS,
        /** A page of a list. */
        LIST,
        /** One resource, by its ID. */
        ONE
    }

    private enum Meaning {
        UNREACHABLE,
        TOO_SLOW,
        LIMITED,
        CONFLICT,
        UNKNOWN_CALLER,
        TOO_LARGE,
        REFUSED,
        FORBIDDEN,
        UNREADABLE,
        ABSENT
    }

    private static Fault refusal(int status, String name, String message) {
        String body = "{\"" + name + "\": {\"code\": " + status + ", \"message\": \"" + message + "\"}}";
        return new Fault.Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    Fault fault() {
        return fault;
    }

    /** Whether it goes on until the caller's time is over. */
    boolean isEndless() {
        return meaning == Meaning.TOO_SLOW;
    }

    /** Whether it asks to be left alone for longer than a caller waits. */
    boolean isPause() {
        return name().contains("_LATER") || name().endsWith("_AT_A_DATE");
    }

    /** Codes and reasons of which one is the right one. */
    Set<String> reasons(Role role) {
        return switch (meaning) {
            case UNREACHABLE ->
                // A list that needs several of the same service may come with the next one while it is left alone.
                isPause() && role == Role.LIST
                        ? Set.of("UNAVAILABLE CLOUD_UNREACHABLE", PAUSED)
                        : Set.of("UNAVAILABLE CLOUD_UNREACHABLE");
            case TOO_SLOW -> Set.of("DEADLINE_EXCEEDED CLOUD_TOO_SLOW");
            case LIMITED -> Set.of(PAUSED);
            case CONFLICT -> Set.of("ABORTED CONFLICT");
            case UNKNOWN_CALLER -> Set.of("FAILED_PRECONDITION CLOUD_CREDENTIALS_REJECTED");
            case TOO_LARGE -> Set.of("INVALID_ARGUMENT REFUSED_BY_CLOUD");
            case REFUSED -> Set.of(role == Role.VERSIONS ? ANSWERED : "INVALID_ARGUMENT REFUSED_BY_CLOUD");
            case FORBIDDEN -> Set.of(role == Role.VERSIONS ? ANSWERED : "PERMISSION_DENIED FORBIDDEN_BY_POLICY");
            case UNREADABLE ->
                switch (role) {
                    // A URL at which nothing is that could be Keystone is wrong.
                    case TOKEN -> Set.of("FAILED_PRECONDITION CLOUD_MISCONFIGURED");
                    case VERSIONS -> Set.of(ANSWERED);
                    case LIST, ONE -> Set.of("INTERNAL UNREADABLE_ANSWER");
                };
            case ABSENT ->
                switch (role) {
                    case TOKEN -> Set.of("FAILED_PRECONDITION CLOUD_MISCONFIGURED");
                    case VERSIONS -> Set.of(ANSWERED);
                    // Lists always are, so a service without one lacks the feature.
                    case LIST -> Set.of("UNIMPLEMENTED FEATURE_MISSING");
                    // What is not found by its ID can still be found in a list.
                    case ONE -> Set.of("NOT_FOUND RESOURCE_NOT_FOUND", ANSWERED);
                };
        };
    }
}
