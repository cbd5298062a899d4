package org.openstack.oaktree.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/**
 * One piece of work that several callers wait for.
 *
 * <p>It belongs to nobody: it runs on a virtual thread of its own, in the name of the call that came first (so that it is counted there)
 * but with its own deadline. A caller who goes away neither stops it nor spoils it for the others. It is interrupted when nobody waits
 * for it any more, so that who comes next does not wait for what did not come to the others; and it is not worth a pause beyond the
 * deadlines of all who wait. Safe for use by many threads.
 *
 * @param <V> what comes of it
 */
public final class Flight<V> {
    private final Supplier<V> work;
    private final Duration longest;
    private final Consumer<Flight<V>> landed;
    private final Call call = Call.current();
    private final CompletableFuture<V> value = new CompletableFuture<>();
    private volatile Instant begun = Instant.MAX;
    private volatile @Nullable Thread thread;
    private volatile Instant awaitedUntil = Instant.MIN;
    private int waiting;
    private boolean abandoned;

    /**
     * Nothing is done before {@link #begin}.
     *
     * @param longest time that the work may take; who waits leaves at his own deadline
     * @param landed is called when the work has ended and nobody has been told yet, so that nobody boards whom its failure does not concern
     */
    public Flight(Supplier<V> work, Duration longest, Consumer<Flight<V>> landed) {
        this.work = work;
        this.longest = longest;
        this.landed = landed;
    }

    /** Takes the current call as one more who waits, and must then {@link #await}; false when everybody had left and the work was told to end. */
    public synchronized boolean board() {
        if (abandoned) {
            return false;
        }
        waiting++;
        Instant deadline = Call.current().deadline();
        awaitedUntil = deadline.isAfter(awaitedUntil) ? deadline : awaitedUntil;
        return true;
    }

    /** Starts the work. */
    public void begin() {
        begun = Instant.now();
        Call own = call.shared(begun.plus(longest), () -> awaitedUntil);
        thread = Thread.ofVirtual()
                .name("flight")
                .start(() -> own.run(() -> {
                    fly();
                    return null;
                }));
    }

    /** When the work began; {@link Instant#MAX}: not yet. */
    public Instant begun() {
        return begun;
    }

    private void fly() {
        try {
            synchronized (this) {
                if (abandoned) {
                    throw new CancellationException("Nobody waits for it any more");
                }
            }
            V done = work.get();
            landed.accept(this);
            value.complete(done);
        } catch (Throwable failure) {
            landed.accept(this);
            value.completeExceptionally(failure);
        }
    }

    /**
     * Waits for the end of the work.
     *
     * @throws OaktreeException what the work threw
     * @throws TimeoutException when the caller's own deadline came first
     * @throws CancellationException when the caller was interrupted
     */
    public V await() throws TimeoutException {
        try {
            return value.get(Call.current().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The call was cancelled");
        } catch (ExecutionException failed) {
            // Each caller gets an exception of his own: a stack trace belongs to one thread.
            if (failed.getCause() instanceof OaktreeException known) {
                throw known.toBuilder().build();
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            leave();
        }
    }

    private synchronized void leave() {
        waiting--;
        Thread running = thread;
        if (waiting == 0 && !value.isDone()) {
            abandoned = true;
            if (running != null) {
                running.interrupt();
            }
        }
    }
}
