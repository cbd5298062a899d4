package org.openstack.oaktree.rest;

import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_CREDENTIALS_REJECTED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_UNREACHABLE;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CONFLICT;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_FEATURE_MISSING;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_FORBIDDEN_BY_POLICY;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_NO_CAPACITY;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_QUOTA_EXCEEDED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_RATE_LIMITED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_REFUSED_BY_CLOUD;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_RESOURCE_EXISTS;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_UNREADABLE_ANSWER;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_WRONG_STATE;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.openstack.oaktree.config.Harmless;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Says what a failure means for the caller: which reason, and what to do next.
 *
 * <p>The reason follows from the status; where a status means several things, the service's name for the error and its sentence
 * decide. A write that may have been done is always OUTCOME_UNKNOWN.
 */
final class Errors {
    private static final Duration PAUSE_WITHOUT_A_WORD = Duration.ofSeconds(1);
    private static final int LONGEST_SENTENCE = 500;

    private final Clock clock;

    Errors(Clock clock) {
        this.clock = clock;
    }

    /** The error for a failure after which the request is not sent again. */
    OaktreeException of(Target target, Request request, String token, Failure failure) {
        OaktreeException.Builder error = switch (failure.kind()) {
            case NOT_CONNECTED ->
                say(
                        ERROR_REASON_CLOUD_UNREACHABLE,
                        "The " + target + " cannot be reached at " + address(target) + ": " + why(failure)
                                + ". Nothing was done; try again later.");
            case NOT_TRUSTED ->
                say(
                        ERROR_REASON_CLOUD_MISCONFIGURED,
                        "No trusted connection to the " + target + " at " + address(target) + ": " + why(failure)
                                + ". See the cloud's settings cacert, cert, key and verify.");
            case TOO_LATE ->
                say(
                        ERROR_REASON_CLOUD_TOO_SLOW,
                        "The deadline passed before the " + target + " was reached. Nothing was done.");
            case TOO_SLOW ->
                harmless(request)
                        ? say(
                                ERROR_REASON_CLOUD_TOO_SLOW,
                                "The " + target + " did not answer in time. Try again, or allow more time.")
                        : unknown(target, "did not answer in time");
            case NO_ANSWER ->
                harmless(request)
                        ? say(
                                ERROR_REASON_CLOUD_UNREACHABLE,
                                "The " + target + " closed the connection without an answer. Try again later.")
                        : unknown(target, "closed the connection without an answer");
            case BROKEN_ANSWER ->
                harmless(request)
                        ? say(
                                ERROR_REASON_CLOUD_UNREACHABLE,
                                "The connection broke in the middle of the answer of the " + target
                                        + ". Try again later.")
                        : unknown(target, "answered only in part");
            case UNREADABLE_ANSWER ->
                harmless(request)
                        ? say(
                                ERROR_REASON_UNREADABLE_ANSWER,
                                "The " + target + " answered " + request.method() + " " + request.path()
                                        + " with something that is not what its API promises" + what(failure)
                                        + ". Report it to the cloud's operator.")
                        : unknown(target, "gave an answer that cannot be understood");
            case REFUSED -> refused(target, request, token, failure.refusal());
        };
        return error.place(target.cloud(), target.region())
                .service(target.service())
                .httpStatus(failure.status())
                .openstackRequestId(failure.openstackRequestId())
                .cause(failure)
                .build();
    }

    private static boolean harmless(Request request) {
        return request.reads() || request.repeat() == Repeat.ALWAYS;
    }

    private OaktreeException.Builder refused(Target target, Request request, String token, Refusal refusal) {
        Set<String> secrets = new HashSet<>(request.secrets());
        secrets.add(token);
        CloudWords words = refusal.words().without(secrets);
        String sentence = sentence(words.message());
        String refused =
                "The " + target + " refused: " + (sentence.isEmpty() ? "HTTP " + refusal.status() + "." : sentence);
        if (refusal.isThrottled()) {
            Duration wait = refusal.retryAfter(clock).orElse(PAUSE_WITHOUT_A_WORD);
            ErrorReason reason = refusal.status() == 503 ? ERROR_REASON_CLOUD_UNREACHABLE : ERROR_REASON_RATE_LIMITED;
            return say(
                            reason,
                            "The " + target + " asks for patience and did nothing. Come again in " + seconds(wait)
                                    + ".")
                    .retryAfter(wait);
        }
        return switch (refusal.status()) {
            case 401 ->
                say(
                        ERROR_REASON_CLOUD_CREDENTIALS_REJECTED,
                        "The " + target + " does not accept the credentials that are configured for the cloud. "
                                + sentence);
            case 403, 413, 429 ->
                words.speakOfQuota()
                        ? quota(target, refused, words)
                        : refusal.status() == 403
                                ? say(ERROR_REASON_FORBIDDEN_BY_POLICY, refused)
                                : say(ERROR_REASON_REFUSED_BY_CLOUD, refused);
            case 404 -> notFound(target, request, words, refused);
            case 405, 406, 410, 501, 505 ->
                say(ERROR_REASON_FEATURE_MISSING, "The " + target + " cannot do this: " + orStatus(sentence, refusal));
            case 408 ->
                harmless(request)
                        ? say(ERROR_REASON_CLOUD_TOO_SLOW, "The " + target + " took too long. Try again.")
                        : unknown(target, "took too long");
            case 409 -> conflict(target, words, refused);
            case 412 -> say(ERROR_REASON_CONFLICT, refused + " Read it again, and repeat with what is there now.");
            case 423 -> say(ERROR_REASON_WRONG_STATE, refused);
            case 507 -> say(ERROR_REASON_NO_CAPACITY, refused);
            default -> {
                if (refusal.status() >= 500) {
                    yield broken(target, request, sentence, refusal);
                }
                if (refusal.status() >= 400) {
                    yield words.speakOfCapacity()
                            ? say(ERROR_REASON_NO_CAPACITY, refused)
                            : say(ERROR_REASON_REFUSED_BY_CLOUD, refused);
                }
                yield redirected(target, request, refusal);
            }
        };
    }

    private static OaktreeException.Builder notFound(Target target, Request request, CloudWords words, String refused) {
        // Swift says the same of every object that is not there.
        if (words.saySuchUrlIsUnknown() && !target.service().equals("object-store")) {
            return say(
                    ERROR_REASON_FEATURE_MISSING,
                    "The " + target + " does not know " + request.method() + " " + request.path()
                            + ": it lacks the extension or version for " + request.operation() + ".");
        }
        return say(ERROR_REASON_RESOURCE_NOT_FOUND, refused);
    }

    private static OaktreeException.Builder conflict(Target target, CloudWords words, String refused) {
        if (words.speakOfCapacity()) {
            return say(ERROR_REASON_NO_CAPACITY, refused);
        }
        if (words.speakOfQuota()) {
            return quota(target, refused, words);
        }
        if (words.speakOfExistence()) {
            return say(ERROR_REASON_RESOURCE_EXISTS, refused);
        }
        if (words.speakOfState()) {
            return say(ERROR_REASON_WRONG_STATE, refused);
        }
        return say(ERROR_REASON_CONFLICT, refused);
    }

    private static OaktreeException.Builder quota(Target target, String refused, CloudWords words) {
        return say(
                        ERROR_REASON_QUOTA_EXCEEDED,
                        refused + " Delete what is not needed, or ask the cloud's operator for a larger quota.")
                .quota(target.toString(), words.message());
    }

    private static OaktreeException.Builder broken(Target target, Request request, String sentence, Refusal refusal) {
        if (harmless(request)) {
            return say(
                    ERROR_REASON_CLOUD_UNREACHABLE,
                    "The " + target + " is out of order: " + orStatus(sentence, refusal) + " Try again later.");
        }
        return unknown(target, "failed over it (" + orStatus(sentence, refusal).replaceFirst("\\.$", "") + ")");
    }

    private static OaktreeException.Builder redirected(Target target, Request request, Refusal refusal) {
        String where = refusal.location(target.endpoint())
                .map(to -> " to " + Harmless.place(to))
                .orElse("");
        return say(
                ERROR_REASON_CLOUD_MISCONFIGURED,
                "The " + target + " sends " + request.method() + " " + request.path() + " elsewhere" + where + " (HTTP "
                        + refusal.status() + "). Nothing was done; correct the cloud's auth_url or "
                        + target.service().replace('-', '_') + "_endpoint_override.");
    }

    private static OaktreeException.Builder unknown(Target target, String what) {
        return say(
                ERROR_REASON_OUTCOME_UNKNOWN,
                "The " + target + " " + what
                        + ": it may or may not have done what was asked. Repeat with the same request_id, or look first.");
    }

    private static OaktreeException.Builder say(ErrorReason reason, String message) {
        return OaktreeException.of(reason, message.strip());
    }

    private static String orStatus(String sentence, Refusal refusal) {
        return sentence.isEmpty() ? "HTTP " + refusal.status() + "." : sentence;
    }

    private static String sentence(String words) {
        if (words.isEmpty()) {
            return "";
        }
        String cut = words.length() <= LONGEST_SENTENCE ? words : words.substring(0, LONGEST_SENTENCE) + "…";
        return cut.matches("(?s).*[.!?…]$") ? cut : cut + ".";
    }

    static String seconds(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }

    /** What the reader missed; what a parser says may quote the document. */
    private static String what(Failure failure) {
        return failure.getCause() instanceof UnreadableAnswerException unreadable
                ? ": it " + unreadable.getMessage()
                : "";
    }

    private static String address(Target target) {
        return Harmless.place(target.endpoint());
    }

    private static String why(Failure failure) {
        Throwable deepest = Objects.requireNonNullElse(failure.getCause(), failure);
        String message = Objects.requireNonNullElse(
                deepest.getMessage(), deepest.getClass().getSimpleName());
        return message.replaceFirst("\\.$", "");
    }
}
