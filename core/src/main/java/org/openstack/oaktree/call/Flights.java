package org.openstack.oaktree.call;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Lets those who want the same thing at the same time share one {@link Flight}. Nothing is kept: who comes when the work is done starts it
 * anew. Safe for use by many threads.
 *
 * @param <K> what is wanted
 * @param <V> what comes of it
 */
public final class Flights<K, V> {
    private final ConcurrentMap<K, Flight<V>> running = new ConcurrentHashMap<>();
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
        Flight<V> mine = new Flight<>(work, timeout, flight -> running.remove(key, flight));
        mine.board();
        Flight<V> joined = running.compute(key, (any, under) -> under != null && under.board() ? under : mine);
        if (joined == mine) {
            mine.begin();
        }
        try {
            return joined.await();
        } catch (TimeoutException late) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW,
                            "The cloud did not answer before the deadline of the call.")
                    .build();
        }
    }
}
