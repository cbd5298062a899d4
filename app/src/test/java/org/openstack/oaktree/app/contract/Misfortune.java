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
        UNREACHABLE("UNAVAILABLE CLOUD_UNREACHABLE"),
        TOO_SLOW("DEADLINE_EXCEEDED CLOUD_TOO_SLOW"),
        LIMITED("RESOURCE_EXHAUSTED RATE_LIMITED"),
        CONFLICT("ABORTED CONFLICT"),
        UNKNOWN_CALLER("FAILED_PRECONDITION CLOUD_CREDENTIALS_REJECTED"),
        TOO_LARGE("INVALID_ARGUMENT REFUSED_BY_CLOUD"),
        REFUSED("INVALID_ARGUMENT REFUSED_BY_CLOUD", Map.of(Role.VERSIONS, Set.of(ANSWERED))),
        FORBIDDEN("PERMISSION_DENIED FORBIDDEN_BY_POLICY", Map.of(Role.VERSIONS, Set.of(ANSWERED))),
        /** A URL at which nothing is that could be Keystone is wrong. */
        UNREADABLE(
                "INTERNAL UNREADABLE_ANSWER",
                Map.of(Role.TOKEN, Set.of("FAILED_PRECONDITION CLOUD_MISCONFIGURED"), Role.VERSIONS, Set.of(ANSWERED))),
        /** Lists always are, so a service without one lacks the feature; what is not found by its ID can still be found in a list. */
        ABSENT(
                "UNIMPLEMENTED FEATURE_MISSING",
                Map.of(
                        Role.TOKEN,
                        Set.of("FAILED_PRECONDITION CLOUD_MISCONFIGURED"),
                        Role.VERSIONS,
                        Set.of(ANSWERED),
                        Role.ONE,
                        Set.of("NOT_FOUND RESOURCE_NOT_FOUND", ANSWERED)));

        private final Set<String> usual;
        private final Map<Role, Set<String>> special;

        Meaning(String usual) {
            this(usual, Map.of());
        }

        Meaning(String usual, Map<Role, Set<String>> special) {
            this.usual = Set.of(usual);
            this.special = special;
        }
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

    /** Codes and reasons of which one is the right one. */
    Set<String> reasons(Role role) {
        return meaning.special.getOrDefault(role, meaning.usual);
    }
}
