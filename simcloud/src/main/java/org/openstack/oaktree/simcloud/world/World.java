package org.openstack.oaktree.simcloud.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one clock and the one lock of a simulated cloud. All state of all services is read and changed inside {@link #locked}, so a
 * server, its ports and its volumes never disagree. What a real cloud does later (a build ends) is noted with {@link #later} and
 * happens, in order of time, before anybody looks again: no thread of its own is needed, and an injected clock decides.
 */
public final class World {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private long nextOrder;
    private long revision;

    public World(Clock clock) {
        this.clock = clock;
    }

    /** Runs the action as the only one, after everything that is due by now. */
    public <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            happen(clock.instant());
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** The time now, by the injected clock. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Notes something that happens by itself after a while. Call it inside {@link #locked} only.
     *
     * @param effect gets the time at which it was due
     */
    public void later(Duration delay, Consumer<Instant> effect) {
        events.add(new Event(clock.instant().plus(delay), nextOrder++, effect));
    }

    /** Says that something that services show has changed: parts rendered before are stale. */
    public void changed() {
        revision++;
    }

    /** Counts the changes; what was rendered at the same revision is still right. */
    public long revision() {
        return revision;
    }

    private void happen(Instant now) {
        for (Event next = events.peek(); next != null && !next.at().isAfter(now); next = events.peek()) {
            events.poll();
            revision++;
            next.effect().accept(next.at());
        }
    }

    private record Event(Instant at, long order, Consumer<Instant> effect) {}
}
