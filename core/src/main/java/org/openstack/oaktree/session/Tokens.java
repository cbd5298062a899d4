package org.openstack.oaktree.session;

import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_CREDENTIALS_REJECTED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_UNKNOWN_PROJECT;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Flights;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of one credential, for everybody who uses that credential.
 *
 * <p>One is kept until shortly before its end, or until a service does not accept it. Then the first who needs one has it fetched and
 * everybody else waits for the same; who gives up waiting disturbs nobody. When Keystone rejects the credential, that is remembered
 * for a time that doubles with every further rejection: a wrong password is not tried again by each call, which would lock the user
 * out. A service that rejects even fresh tokens makes oaktree fetch one every few seconds at most. Safe for use by many threads.
 */
final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    /** Clocks do not run alike: who comes when he was told to come again must not be too early. */
    private static final Duration BETWEEN_CLOCKS = Duration.ofMillis(100);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(5);

    private final Keystone keystone;
    private final Rest rest;
    private final Target identity;
    private final Credential credential;
    private final Optional<LocatedTokens> unscoped;
    private final Clock clock;
    private final Flights<Credential, Token> flights = new Flights<>(TIMEOUT);
    private final AtomicReference<@Nullable Token> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Rejection> rejection = new AtomicReference<>();
    private volatile Optional<Identity> lastIdentity = Optional.empty();
    private volatile Instant lastForcedRenewal = Instant.MIN;

    private record Rejection(OaktreeException error, int times, Instant until) {}

    /**
     * No token yet.
     *
     * @param identity the identity service, with the configured URL
     * @param original the tokens of the same credential before it was scoped to another project
     */
    Tokens(
            Keystone keystone,
            Rest rest,
            Target identity,
            Credential credential,
            Optional<Tokens> original,
            Clock clock) {
        this.keystone = keystone;
        this.rest = rest;
        this.identity = identity;
        this.credential = credential;
        this.unscoped = original.map(tokens -> new LocatedTokens(tokens, identity));
        this.clock = clock;
    }

    /** A token that can be used. */
    Token get() {
        Token token = current.get();
        return token != null && isUsable(token) ? token : flights.join(credential, this::fetch);
    }

    /** Whose the tokens are: as the last one said, for that does not change. */
    Identity identity() {
        return lastIdentity.orElseGet(() -> get().identity());
    }

    /** What the service that it comes from is called in errors. */
    String place() {
        return identity.toString();
    }

    /** A service did not accept this token. */
    void rejected(String value) {
        Token token = current.get();
        if (token == null || !token.value().equals(value)) {
            return;
        }
        synchronized (this) {
            Instant now = clock.instant();
            if (lastForcedRenewal.plus(BETWEEN_RENEWALS).isAfter(now)) {
                return;
            }
            if (current.compareAndSet(token, null)) {
                lastForcedRenewal = now;
            }
        }
    }

    private Token fetch() {
        Token token = current.get();
        if (token != null && isUsable(token)) {
            return token;
        }
        Rejection before = rejection.get();
        if (before != null && before.until().isAfter(clock.instant())) {
            throw before.error().toBuilder()
                    .retryAfter(
                            Duration.between(clock.instant(), before.until()).plus(BETWEEN_CLOCKS))
                    .build();
        }
        try {
            Token fresh = keystone.authenticate(rest, identity, credential);
            current.set(fresh);
            lastIdentity = Optional.of(fresh.identity());
            rejection.set(null);
            return fresh;
        } catch (OaktreeException failed) {
            if (!isFinal(failed)) {
                throw failed;
            }
            OaktreeException error = explained(failed);
            int times = before == null ? 1 : before.times() + 1;
            Duration rest = FIRST_REST.multipliedBy(1L << Math.min(times - 1, 10));
            Instant until = clock.instant().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
            rejection.set(new Rejection(error, times, until));
            LOG.warn("No token for {} from {}: {}", credential.label(), identity, error.getMessage());
            throw error;
        }
    }

    /** Whether the same would come of trying again at once. */
    private static boolean isFinal(OaktreeException failed) {
        return switch (failed.reason()) {
            case ERROR_REASON_CLOUD_CREDENTIALS_REJECTED,
                    ERROR_REASON_CLOUD_MISCONFIGURED,
                    ERROR_REASON_REFUSED_BY_CLOUD,
                    ERROR_REASON_FORBIDDEN_BY_POLICY,
                    ERROR_REASON_UNKNOWN_PROJECT -> true;
            default -> false;
        };
    }

    /** Keystone does not tell a wrong password from a foreign project; that the password works elsewhere tells. */
    private OaktreeException explained(OaktreeException failed) {
        if (unscoped.isEmpty() || failed.reason() != ERROR_REASON_CLOUD_CREDENTIALS_REJECTED) {
            return failed;
        }
        try {
            unscoped.get().get();
        } catch (OaktreeException rejectedToo) {
            if (!isFinal(rejectedToo)) {
                throw rejectedToo;
            }
            return rejectedToo;
        }
        String id = credential.part("project_id");
        String project = id.isEmpty() ? "'" + credential.part("project_name") + "'" : id;
        return failed.toBuilder()
                .reason(ERROR_REASON_UNKNOWN_PROJECT)
                .message("There is no project " + project
                        + " in the cloud, or the configured credentials have no role in it.")
                .field("location.project", "is not a project of these credentials")
                .build();
    }

    private boolean isUsable(Token token) {
        return clock.instant().isBefore(token.renewAt());
    }
}
