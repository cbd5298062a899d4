package org.openstack.oaktree.server.grpc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The calls that are being answered now, so that a server can wait for them, and a timer for those whose deadline is the server's. */
final class CallsInFlight implements AutoCloseable {
    private final Set<CallInProgress> calls = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean awaited;

    CallsInFlight() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("oaktree-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    void add(CallInProgress call) {
        calls.add(call);
    }

    void remove(CallInProgress call) {
        calls.remove(call);
        if (awaited && calls.isEmpty()) {
            lock.lock();
            try {
                empty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    int size() {
        return calls.size();
    }

    /** Runs the task when the time has passed, unless it is cancelled before. */
    ScheduledFuture<?> after(Duration delay, Runnable task) {
        return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until no call is left, at most this long; true when none is. */
    boolean awaitEmpty(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            awaited = true;
            long left = limit.toNanos();
            while (!calls.isEmpty() && left > 0) {
                left = empty.awaitNanos(left);
            }
            return calls.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Asks every call to end now. */
    void stopAll(CallInProgress.Stop reason) {
        calls.forEach(call -> call.stop(reason));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
