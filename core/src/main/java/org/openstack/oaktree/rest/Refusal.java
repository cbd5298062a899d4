package org.openstack.oaktree.rest;

import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A service's answer that says no.
 *
 * @param status HTTP status
 * @param headers names in lower case
 * @param words what its body says, read in any of OpenStack's styles
 */
record Refusal(int status, Map<String, List<String>> headers, CloudWords words) {
    static final Refusal NONE = new Refusal(0, Map.of(), CloudWords.NONE);

    /** Longer than any cloud means it; what is longer is as good as for ever. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    String openstackRequestId() {
        return header("x-openstack-request-id")
                .or(() -> header("x-compute-request-id"))
                .or(() -> header("x-trans-id"))
                .orElse("");
    }

    /** {@code Retry-After}, in either form, or what nova writes into the body. */
    Optional<Duration> retryAfter(Clock clock) {
        return header("retry-after").or(words::retryAfter).flatMap(text -> duration(text.strip(), clock));
    }

    /** Where a redirect leads. */
    Optional<URI> location(URI from) {
        try {
            return header("location").map(from::resolve);
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    /**
     * Whether the service says that it has done nothing, and nothing but the number of calls is wrong.
     *
     * <p>429 means just that. 413 can also mean that the request is too big, 503 that the service broke down over it: they count when
     * they say when to come again, or when nova's old style says {@code overLimit}.
     */
    boolean isThrottled() {
        return switch (status) {
            case 429 -> !words.speakOfQuota();
            case 413 ->
                !words.speakOfQuota()
                        && (header("retry-after").isPresent()
                                || words.retryAfter().isPresent()
                                || words.speakOfRate());
            case 503 -> header("retry-after").isPresent();
            default -> false;
        };
    }

    private static Optional<Duration> duration(String text, Clock clock) {
        Duration wait;
        if (text.matches("\\d+(\\.\\d+)?")) {
            // Far too many digits for any type of number are still a number.
            double seconds = Math.min(Double.parseDouble(text), (double) LONGEST_WAIT.toSeconds());
            wait = Duration.ofMillis(Math.round(seconds * 1000));
        } else {
            try {
                Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US))
                        .toInstant();
                wait = Duration.between(clock.instant(), then);
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        }
        if (wait.isNegative()) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
}
