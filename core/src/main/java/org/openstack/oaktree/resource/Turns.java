package org.openstack.oaktree.resource;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;

/** Lets those who are after the same thing work one after the other; nobody waits for those who are after another. Safe for use by many threads. */
final class Turns {
    private final ConcurrentMap<Object, Turn> turns = new ConcurrentHashMap<>();

    /** One thing; kept while somebody is after it. */
    private static final class Turn {
        final ReentrantLock lock = new ReentrantLock();
        /** Changed only inside the map's own lock for this key. */
        int takers;
    }

    /**
     * Does the work when nobody else with that key is at work.
     *
     * @param late what is thrown when the deadline of the call comes first
     */
    <T> T take(Object key, Supplier<OaktreeException> late, Supplier<T> work) {
        Turn turn = turns.compute(key, (same, before) -> {
            Turn entered = before == null ? new Turn() : before;
            entered.takers++;
            return entered;
        });
        try {
            if (!turn.lock.tryLock(Call.current().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw late.get();
            }
            try {
                return work.get();
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the call ended");
        } finally {
            turns.computeIfPresent(key, (same, left) -> --left.takers == 0 ? null : left);
        }
    }

    /** How many things somebody is after. */
    int size() {
        return turns.size();
    }
}
