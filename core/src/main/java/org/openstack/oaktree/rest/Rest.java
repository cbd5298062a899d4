package org.openstack.oaktree.rest;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.config.Harmless;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to one cloud: within the budget of each service, with a token, again where that is safe, and with an error that a
 * caller understands when it does not work. Everything blocks; callers are virtual threads. Safe for use by many threads.
 *
 * <p>Each request ends at the deadline of {@link Call#current}, and each time that it is sent at the cloud's own timeout.
 */
public final class Rest implements AutoCloseable {
    /** Requests at a time to one service of one region when nothing is configured: what a small control plane answers side by side. */
    public static final int DEFAULT_CONCURRENCY = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
    private static final int MAX_REDIRECTS = 5;
    private static final String USER_AGENT =
            "oaktree/" + Objects.requireNonNullElse(Rest.class.getPackage().getImplementationVersion(), "dev");

    /**
     * How a cloud wants to be talked to.
     *
     * @param tls whom its connections trust
     * @param timeout longest time for one request sent once; empty for the call's deadline alone
     * @param limits how much a service may be asked, by region and the service's official type
     */
    public record Settings(Tls tls, Optional<Duration> timeout, BiFunction<String, String, Limits> limits) {
        /** Nothing configured. */
        public static final Settings DEFAULT =
                new Settings(Tls.DEFAULT, Optional.empty(), (region, service) -> Limits.NONE);
    }

    /**
     * How much one service of one region may be asked; what is empty is not configured.
     *
     * @param perSecond requests a second
     * @param atATime requests at a time
     */
    public record Limits(OptionalDouble perSecond, OptionalInt atATime) {
        /** Nothing configured. */
        public static final Limits NONE = new Limits(OptionalDouble.empty(), OptionalInt.empty());
    }

    private record BudgetKey(String cloud, String region, String service, boolean streams) {}

    private final Settings settings;
    private final CallObserver observer;
    private final Alarms alarms = new Alarms();
    private final Transport transport;
    private final Errors errors;
    private final Retries retries;
    private final ConcurrentMap<BudgetKey, Budget> budgets = new ConcurrentHashMap<>();

    /**
     * Connections to a cloud; none is made yet.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when a file that the settings name cannot be used
     */
    public Rest(Settings settings, CallObserver observer) {
        this(
                settings,
                observer,
                new Retries(Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble(), Retries.FIRST_PAUSE));
    }

    Rest(Settings settings, CallObserver observer, Retries retries) {
        this.settings = settings;
        this.observer = observer;
        this.transport = new Transport(settings.tls(), alarms);
        this.errors = new Errors(Clock.systemUTC());
        this.retries = retries;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws OaktreeException for everything but a 2xx answer that the reader understands
     * @throws CancellationException when the thread was interrupted; it stays so
     */
    public <T> T send(Target target, Request request, Reader<T> reader) {
        URI url = Urls.resolve(target.endpoint(), request.path(), request.query());
        Authorization authorization = target.authorization();
        String token = authorization.token();
        boolean renewed = false;
        int redirects = 0;
        int attempts = 0;
        while (true) {
            try {
                return sendOnce(target, request, url, token, reader);
            } catch (Failure failure) {
                if (failure.refusal().status() == 401 && !token.isEmpty() && !renewed) {
                    renewed = true;
                    authorization.rejected(token);
                    String another = canBeSentAgain(request) ? authorization.token() : token;
                    if (!another.equals(token)) {
                        token = another;
                        continue;
                    }
                }
                Optional<URI> elsewhere = redirect(request, url, failure);
                if (elsewhere.isPresent() && redirects < MAX_REDIRECTS) {
                    redirects++;
                    token = sameHost(url, elsewhere.get()) ? token : "";
                    url = elsewhere.get();
                    continue;
                }
                attempts++;
                OaktreeException error = errors.of(target, request, token, failure);
                Optional<Duration> pause =
                        canBeSentAgain(request) ? retries.pause(request, failure, attempts) : Optional.empty();
                sleep(pause.orElseThrow(() -> error), error);
            }
        }
    }

    private <T> T sendOnce(Target target, Request request, URI url, String token, Reader<T> reader) throws Failure {
        Call call = Call.current();
        boolean streams = request.streams();
        try (Budget.Place place = place(target, streams, call)) {
            Instant started = Instant.now();
            // Who sends or reads a stream decides how long that takes.
            Instant deadline = settings.timeout()
                    .filter(timeout -> !streams)
                    .map(started::plus)
                    .filter(call.deadline()::isAfter)
                    .orElse(call.deadline());
            long begin = System.nanoTime();
            call.counters().upstream(target.service(), request.operation());
            int status = 0;
            String requestId = "";
            try {
                Transport.Success<T> success =
                        transport.exchange(request, url, headers(target, request, call, token), deadline, reader);
                status = success.answer().status();
                requestId = success.answer().openstackRequestId();
                return success.value();
            } catch (Failure failure) {
                status = failure.status();
                requestId = failure.openstackRequestId();
                LOG.debug("{} {} of {} failed: {}", request.method(), request.path(), target, failure.kind());
                retries.throttle(failure).ifPresent(budget(target, streams)::pause);
                throw failure;
            } finally {
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                LOG.debug(
                        "{} {}{} {} {} ms {} {}",
                        request.method(),
                        Harmless.url(url),
                        Urls.queryForLog(request.query()),
                        status,
                        took.toMillis(),
                        requestId,
                        call.id());
                observer.answered(
                        target.cloud(),
                        target.region(),
                        target.service(),
                        request.method(),
                        request.operation(),
                        status,
                        took);
            }
        }
    }

    private Budget.Place place(Target target, boolean streams, Call call) {
        try {
            return budget(target, streams).enter(target.scope(), call.background(), call.patience());
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The call was cancelled");
        } catch (Budget.ExhaustedException exhausted) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_RATE_LIMITED,
                            "Too much is being asked of the " + target
                                    + " through this oaktree, or it asked for patience; nothing was done. Come again in "
                                    + Errors.seconds(exhausted.comeAgain()) + ".")
                    .place(target.cloud(), target.region())
                    .service(target.service())
                    .retryAfter(exhausted.comeAgain())
                    .cause(exhausted)
                    .build();
        }
    }

    /** Streams, which may take hours, have a budget of their own: they keep no place from requests that are answered at once. */
    private Budget budget(Target target, boolean streams) {
        BudgetKey wanted = new BudgetKey(target.cloud(), target.region(), target.service(), streams);
        return budgets.computeIfAbsent(wanted, key -> {
            Limits limits = settings.limits().apply(key.region(), key.service());
            return new Budget(
                    limits.atATime().orElse(DEFAULT_CONCURRENCY), limits.perSecond(), System::nanoTime, alarms::run);
        });
    }

    private static Map<String, String> headers(Target target, Request request, Call call, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", USER_AGENT);
        headers.put("X-OpenStack-Request-ID", call.id());
        if (!call.trace().parent().isEmpty()) {
            headers.put("traceparent", call.trace().parent());
        }
        if (!call.trace().state().isEmpty()) {
            headers.put("tracestate", call.trace().state());
        }
        if (!request.microversion().isEmpty()) {
            headers.putAll(MicroversionHeaders.of(target.service(), request.microversion()));
        }
        headers.putAll(request.headers());
        if (!token.isEmpty()) {
            headers.put("X-Auth-Token", token);
        }
        return headers;
    }

    private static boolean canBeSentAgain(Request request) {
        return !(request.body() instanceof Body.Stream stream) || stream.canBeOpened();
    }

    private static Optional<URI> redirect(Request request, URI url, Failure failure) {
        return switch (failure.refusal().status()) {
            case 301, 302, 307, 308 ->
                request.reads()
                        ? failure.refusal()
                                .location(url)
                                .filter(to -> "http".equals(to.getScheme()) || "https".equals(to.getScheme()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether the token may follow: to the same host and port, or from http to https of the same host. */
    private static boolean sameHost(URI from, URI to) {
        boolean sameName = from.getHost() != null && from.getHost().equalsIgnoreCase(to.getHost());
        boolean samePlace = from.getPort() == to.getPort() && from.getScheme().equals(to.getScheme());
        return sameName
                && (samePlace
                        || (from.getScheme().equals("http") && to.getScheme().equals("https")));
    }

    /** Waits, unless the deadline comes first: then the caller hears at once when it is worth coming again. */
    private static void sleep(Duration pause, OaktreeException error) {
        if (pause.compareTo(Call.current().patience()) >= 0) {
            throw error.toBuilder().retryAfter(pause).build();
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The call was cancelled");
        }
    }

    /** Connections that are being used right now. */
    int leasedConnections() {
        return transport.leased();
    }

    @Override
    public void close() {
        transport.close();
        alarms.close();
    }
}
