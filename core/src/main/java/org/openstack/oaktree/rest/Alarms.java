package org.openstack.oaktree.rest;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does short things later: ends exchanges at their deadline, wakes those who wait for a budget. One thread for all of them. */
final class Alarms implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("oaktree-alarms").factory());

    Alarms() {
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the action, which must not block, after the delay; cancelling the result prevents it. */
    Future<?> after(Duration delay, Runnable action) {
        return clock.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs the action, which must not block, after the delay. */
    void run(Duration delay, Runnable action) {
        Future<?> ignored = after(delay, action);
    }

    /** Runs the action, which must not block, again and again. */
    Future<?> every(Duration period, Runnable action) {
        return clock.scheduleWithFixedDelay(action, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
