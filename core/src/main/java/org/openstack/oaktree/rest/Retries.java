package org.openstack.oaktree.rest;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Decides whether a request is sent again, and after how long.
 *
 * <p>Sent again is what the cloud has not done, whatever it is: no connection was made, or the cloud itself says that it asks for
 * patience. Beyond that only what changes nothing: reads that got no answer, a broken one, or one that may be better next time.
 * What the cloud says of the time to wait is kept to; without a word of it the pauses double, and chance spreads them, so that many
 * who failed together do not come back together.
 */
final class Retries {
    /** A request is sent this often at most, unless the cloud says when to come back. */
    static final int MAX_ATTEMPTS = 4;

    /** A request is sent this often at most: of a hundred callers whom a busy cloud sends away by chance, none shall have to come again. */
    static final int MAX_ATTEMPTS_AS_TOLD = 10;

    /** The whole first pause, where the cloud says nothing of it. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(400);

    private static final Set<Integer> MAY_BE_BETTER_NEXT_TIME = Set.of(408, 500, 502, 503, 504);

    private final Clock clock;
    private final DoubleSupplier chance;
    private final Duration firstPause;

    /** Chance gives numbers from 0 to 1. */
    Retries(Clock clock, DoubleSupplier chance, Duration firstPause) {
        this.clock = clock;
        this.chance = chance;
        this.firstPause = firstPause;
    }

    /**
     * The pause before the request is sent again; empty when it is not.
     *
     * @param attempts how often it was sent
     */
    Optional<Duration> pause(Request request, Failure failure, int attempts) {
        if (!mayRepeat(request, failure)) {
            return Optional.empty();
        }
        Optional<Duration> told = failure.refusal().retryAfter(clock);
        if (attempts >= (told.isPresent() ? MAX_ATTEMPTS_AS_TOLD : MAX_ATTEMPTS)) {
            return Optional.empty();
        }
        return Optional.of(told.orElseGet(() -> backOff(attempts)));
    }

    /** How long nobody should ask the service anything, when it says that it is asked too much. */
    Optional<Duration> throttle(Failure failure) {
        return failure.refusal().isThrottled()
                ? failure.refusal().retryAfter(clock).or(() -> Optional.of(firstPause))
                : Optional.empty();
    }

    private static boolean mayRepeat(Request request, Failure failure) {
        boolean harmless = switch (request.repeat()) {
            case BY_METHOD -> request.reads();
            case ALWAYS -> true;
            case UNTIL_READ -> request.reads() && !failure.readingBegan();
        };
        return switch (failure.kind()) {
            case NOT_CONNECTED -> true;
            case NOT_TRUSTED, TOO_LATE, TOO_SLOW -> false;
            case NO_ANSWER, BROKEN_ANSWER, UNREADABLE_ANSWER -> harmless;
            case REFUSED ->
                failure.refusal().isThrottled()
                        || (harmless
                                && MAY_BE_BETTER_NEXT_TIME.contains(
                                        failure.refusal().status()));
        };
    }

    /** Between half of the doubled pause and the whole. */
    private Duration backOff(int attempts) {
        double whole = firstPause.toMillis() * Math.pow(2, attempts - 1);
        return Duration.ofMillis(Math.round(whole * (0.5 + chance.getAsDouble() / 2)));
    }
}
