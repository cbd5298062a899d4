package org.openstack.oaktree.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Lets those who want the same thing at the same time share one piece of work.
 *
 * <p>The work runs on a virtual thread of its own, in the name of the call that came first (so that it is counted there) but with its
 * own deadline: a caller who goes away neither stops it nor spoils it for the others. It is interrupted when nobody waits for it any
 * more, so that who comes next does not wait for what did not come to the others. Nothing is kept: who comes when the work is done
 * starts it anew. Safe for use by many threads.
 *
 * @param <K> what is wanted
 * @param <V> what comes of it
 */
public final class Flights<K, V> {
    private final ConcurrentMap<K, Flight> running = new ConcurrentHashMap<>();
    private final Duration timeout;

    /** The deadline of each piece of work. */
    public Flights(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Joins the work for this key, or starts it, and waits for its end.
     *
     * @throws OaktreeException what the work threw, or CLOUD_TOO_SLOW when the caller's own deadline came first
     * @throws CancellationException when the caller was interrupted
     */
    public V join(K key, Supplier<V> work) {
        Flight mine = new Flight(key, work);
        Flight joined = running.compute(key, (any, under) -> under != null && under.board() ? under : mine);
        if (joined == mine) {
            mine.thread.start();
        }
        return joined.await();
    }

    /** One piece of work and how many wait for it. */
    private final class Flight {
        private final CompletableFuture<V> value = new CompletableFuture<>();
        private final Thread thread;
        private int waiting = 1;
        private boolean abandoned;

        Flight(K key, Supplier<V> work) {
            Call call = Call.current();
            thread = Thread.ofVirtual().name("flight").unstarted(() -> {
                Call own = new Call(
                        call.id(),
                        call.method(),
                        Instant.now().plus(timeout),
                        false,
                        call.counters(),
                        call.traceparent());
                try {
                    V done = own.run(work::get);
                    running.remove(key, this);
                    value.complete(done);
                } catch (Throwable failure) {
                    running.remove(key, this);
                    value.completeExceptionally(failure);
                }
            });
        }

        /** Whether there is one more who waits: not when everybody left and the work was told to end. */
        synchronized boolean board() {
            waiting += abandoned ? 0 : 1;
            return !abandoned;
        }

        private synchronized void leave() {
            waiting--;
            if (waiting == 0 && !value.isDone()) {
                abandoned = true;
                thread.interrupt();
            }
        }

        V await() {
            try {
                return value.get(Call.current().remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The call was cancelled");
            } catch (TimeoutException late) {
                throw OaktreeException.of(
                                ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW,
                                "The cloud did not answer before the deadline of the call.")
                        .build();
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
    }
}
