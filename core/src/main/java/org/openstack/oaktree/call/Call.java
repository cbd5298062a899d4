package org.openstack.oaktree.call;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What holds for one call from a client. It travels in a {@link ScopedValue}: nothing on the way has to pass it on, and code that
 * forks threads binds it anew in each with {@link #run}.
 *
 * <p>A call is cancelled by interrupting its virtual thread. Whatever blocks then ends with a
 * {@link java.util.concurrent.CancellationException} and leaves the thread interrupted.
 *
 * @param id global request ID, {@code req-<uuid>}: sent to every OpenStack service as {@code X-OpenStack-Request-ID}
 * @param method full name of the gRPC method, or what oaktree itself is doing
 * @param deadline when the caller stops listening
 * @param background whether nobody waits for it right now (polls of oaktree itself): it yields to calls for which somebody does
 * @param counters what the call has cost so far
 * @param trace W3C trace context that the call came with
 * @param awaitedUntil until when somebody waits for what comes of it, which no pause is worth exceeding; of a call for one caller the
 *     deadline, of work that others join before its end the latest of their deadlines
 */
public record Call(
        String id,
        String method,
        Instant deadline,
        boolean background,
        Counters counters,
        TraceContext trace,
        Supplier<Instant> awaitedUntil) {
    /** How long a call may take that says nothing about it. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

    /** A call for one caller. */
    public Call(String id, String method, Instant deadline, boolean background, Counters counters, TraceContext trace) {
        this(id, method, deadline, background, counters, trace, () -> deadline);
    }

    /** A call without trace context. */
    public Call(String id, String method, Instant deadline, boolean background, Counters counters) {
        this(id, method, deadline, background, counters, TraceContext.NONE);
    }

    /** A new call in the foreground with an ID and counters of its own. */
    public static Call begin(String method, Duration timeout) {
        return new Call(newId(), method, Instant.now().plus(timeout), false, new Counters());
    }

    /** A fresh global request ID. Not a secret, so no secure random numbers: those cost more than the rest of a cached call's headers. */
    public static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0xC0L << 56)) | (0x80L << 56);
        return "req-" + new UUID(high, low);
    }

    /** The call that this thread is answering; a new one that ends after {@link #DEFAULT_TIMEOUT} when it is answering none. */
    public static Call current() {
        return CURRENT.isBound() ? CURRENT.get() : begin("", DEFAULT_TIMEOUT);
    }

    /** The same call with another deadline. */
    public Call withDeadline(Instant other) {
        return new Call(id, method, other, background, counters, trace);
    }

    /** The same call as work that may take as long as its deadline says, but is not worth a pause beyond what anybody waits for. */
    public Call shared(Instant other, Supplier<Instant> awaitedUntil) {
        return new Call(id, method, other, background, counters, trace, awaitedUntil);
    }

    /** Runs the operation on this thread as part of this call. */
    public <T, X extends Throwable> T run(ScopedValue.CallableOp<? extends T, X> operation) throws X {
        return ScopedValue.where(CURRENT, this).call(operation);
    }

    /**
     * Does what must be done although the call may be over, or ends meanwhile: neither its deadline nor its cancellation ends it, only a time
     * of its own. It has a thread of its own, which nobody else interrupts; this one waits for it, and is interrupted then if it was meanwhile.
     */
    public <T> T afterwards(Duration time, Supplier<? extends T> operation) {
        Call call = withDeadline(Instant.now().plus(time));
        FutureTask<T> task = new FutureTask<>(() -> call.<T, RuntimeException>run(operation::get));
        Thread.ofVirtual().name("afterwards").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Time until the deadline; zero when it has passed. */
    public Duration remaining() {
        return until(deadline);
    }

    /** Time until nobody waits any more, or the call itself ends; zero when it has passed. */
    public Duration patience() {
        Instant awaited = awaitedUntil.get();
        return until(awaited.isBefore(deadline) ? awaited : deadline);
    }

    private static Duration until(Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
