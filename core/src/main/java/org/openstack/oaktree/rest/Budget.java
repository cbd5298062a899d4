package org.openstack.oaktree.rest;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * How much oaktree asks of one service in one region, whoever it asks for: so many requests at a time, and so many a second.
 *
 * <p>A request starts at once when a place is free, nobody waits, and the rate allows it. Otherwise it waits in one of two queues:
 * calls that somebody waits for, and background work. A queue is served in turns by scope (the credential and project that asks), and
 * within a scope in the order of arrival: who asks a thousand things at once delays himself and not the others. The first queue goes
 * first, but every tenth start is the second's when it has any: what runs in the background (the polls behind everybody's waits)
 * slows down under load and never stops.
 *
 * <p>The rate is kept by spacing the starts evenly; a pause does not save up for a burst, which is what clouds' limiters punish. When
 * a place is free but the next start is not due, an alarm hands out the place at that time.
 *
 * <p>When the service asks one caller for patience, that counts for all: nothing starts until then, or for a minute at most, for a service
 * that says "tomorrow" may be well again sooner.
 *
 * <p>A waiter leaves at its deadline, or at once when the starts before it, or the pause, would leave it less than a tenth of its time: then
 * too little remains for the request itself, and "come again in a minute" is a better answer than none. All state is guarded by one lock, held for short steps only; a waiter is woken exactly when it owns its place. Safe for use by many threads.
 */
final class Budget {
    private static final int BACKGROUND_TURN = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final int concurrency;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final BiConsumer<Duration, Runnable> alarm;
    private final ReentrantLock lock = new ReentrantLock();
    private final Turns<Waiter> foreground = new Turns<>();
    private final Turns<Waiter> background = new Turns<>();
    private int running;
    private long nextStart;
    private long pauseEnd;
    private int starts;
    private boolean alarmSet;

    /**
     * A budget in which nothing runs.
     *
     * @param concurrency requests at a time
     * @param perSecond starts a second, if they are limited
     * @param nanoTime a clock like {@link System#nanoTime}
     * @param alarm runs an action after a delay
     */
    Budget(int concurrency, OptionalDouble perSecond, LongSupplier nanoTime, BiConsumer<Duration, Runnable> alarm) {
        this.concurrency = Math.max(1, concurrency);
        this.intervalNanos = perSecond.isPresent() && perSecond.getAsDouble() > 0
                ? (long) (TimeUnit.SECONDS.toNanos(1) / perSecond.getAsDouble())
                : 0;
        this.nanoTime = nanoTime;
        this.alarm = alarm;
        this.nextStart = nanoTime.getAsLong();
        this.pauseEnd = nextStart;
    }

    /** A place in the budget, to be given back. */
    final class Place implements AutoCloseable {
        private boolean returned;

        @Override
        public void close() {
            lock.lock();
            try {
                if (!returned) {
                    returned = true;
                    running--;
                    handOut();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** There is no place before the deadline. */
    static final class ExhaustedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Duration comeAgain;

        ExhaustedException(Duration comeAgain) {
            this.comeAgain = comeAgain;
        }

        /** When there may be one. */
        Duration comeAgain() {
            return comeAgain;
        }
    }

    private static final class Waiter {
        final CountDownLatch woken = new CountDownLatch(1);
        /** By the budget's clock. */
        final long latestStart;

        boolean isServed;

        Waiter(long latestStart) {
            this.latestStart = latestStart;
        }
    }

    /** The service wants to be left alone for that long: those who cannot wait for it hear so at once. */
    void pause(Duration wait) {
        lock.lock();
        try {
            long nanos = (wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait).toNanos();
            long end = nanoTime.getAsLong() + nanos;
            if (end - pauseEnd <= 0) {
                return;
            }
            pauseEnd = end;
            for (Turns<Waiter> queue : List.of(foreground, background)) {
                queue.removeAll(waiter -> waiter.latestStart - end < 0).forEach(waiter -> waiter.woken.countDown());
            }
            handOut();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place. */
    Place enter(String scope, boolean inBackground, Duration longestWait)
            throws InterruptedException, ExhaustedException {
        Turns<Waiter> queue = inBackground ? background : foreground;
        long patience = longestWait.toNanos();
        long longest = Math.max(0, patience - patience / 10);
        Waiter waiter = new Waiter(nanoTime.getAsLong() + longest);
        lock.lockInterruptibly();
        try {
            int before = foreground.size() + (inBackground ? background.size() : 0);
            long untilStart = untilNextStart() + before * intervalNanos;
            if (untilStart > longest) {
                throw new ExhaustedException(Duration.ofNanos(untilStart));
            }
            queue.add(scope, waiter);
            handOut();
        } finally {
            lock.unlock();
        }
        try {
            boolean woken = waiter.woken.await(patience, TimeUnit.NANOSECONDS);
            if (woken && waiter.isServed) {
                return new Place();
            }
        } catch (InterruptedException cancelled) {
            leave(queue, scope, waiter);
            throw cancelled;
        }
        leave(queue, scope, waiter);
        throw new ExhaustedException(Duration.ofNanos(
                Math.max(untilPauseEnds(), Duration.ofSeconds(1).toNanos())));
    }

    private void leave(Turns<Waiter> queue, String scope, Waiter waiter) {
        lock.lock();
        try {
            if (waiter.isServed) {
                running--;
                handOut();
            } else {
                queue.remove(scope, waiter);
            }
        } finally {
            lock.unlock();
        }
    }

    private void handOut() {
        while (running < concurrency && foreground.size() + background.size() > 0) {
            long wait = untilNextStart();
            if (wait > 0) {
                if (!alarmSet) {
                    alarmSet = true;
                    alarm.accept(Duration.ofNanos(wait), this::onAlarm);
                }
                return;
            }
            starts++;
            boolean backgroundsTurn = starts % BACKGROUND_TURN == 0 || foreground.size() == 0;
            Waiter next = (backgroundsTurn && background.size() > 0 ? background : foreground).next();
            running++;
            nextStart = Math.max(nextStart, nanoTime.getAsLong()) + intervalNanos;
            next.isServed = true;
            next.woken.countDown();
        }
    }

    private void onAlarm() {
        lock.lock();
        try {
            alarmSet = false;
            handOut();
        } finally {
            lock.unlock();
        }
    }

    private long untilNextStart() {
        long byRate = intervalNanos == 0 ? 0 : Math.max(0, nextStart - nanoTime.getAsLong());
        return Math.max(byRate, pauseEnd - nanoTime.getAsLong());
    }

    private long untilPauseEnds() {
        lock.lock();
        try {
            return pauseEnd - nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
