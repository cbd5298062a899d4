package org.openstack.oaktree.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Does several things at the same time as parts of one call, each on a virtual thread of its own. The first failure, or the end of
 * the call, ends the others. To be replaced by the platform's structured concurrency when that is final.
 */
public final class Fork {
    private Fork() {}

    /**
     * The function's value for each input, in their order.
     *
     * @throws RuntimeException the first failure, in their order
     */
    public static <A, B> List<B> all(List<A> inputs, Function<? super A, ? extends B> function) {
        Call call = Call.current();
        List<FutureTask<B>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (A input : inputs) {
            FutureTask<B> task = new FutureTask<>(() -> call.<B, RuntimeException>run(() -> function.apply(input)));
            tasks.add(task);
            threads.add(Thread.ofVirtual().name("fork").start(task));
        }
        try {
            List<B> values = new ArrayList<>();
            for (FutureTask<B> task : tasks) {
                values.add(task.get());
            }
            return values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the call ended");
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    /**
     * Does something, and something else again and again until that is done. The failure of either, or the end of the call, ends the other.
     * Nothing of it goes on when this returns.
     *
     * @param operation runs on a thread of its own
     * @param pause before each beat
     * @param beat runs on this thread
     * @throws RuntimeException the first failure
     */
    public static void beside(Runnable operation, Duration pause, Runnable beat) {
        Call call = Call.current();
        FutureTask<Boolean> task = new FutureTask<>(() -> call.<Boolean, RuntimeException>run(() -> {
            operation.run();
            return true;
        }));
        Thread thread = Thread.ofVirtual().name("fork").start(task);
        try {
            while (!isDone(task, pause)) {
                beat.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the call ended");
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            end(thread);
        }
    }

    private static boolean isDone(FutureTask<Boolean> task, Duration pause)
            throws InterruptedException, ExecutionException {
        try {
            return task.get(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException cause(ExecutionException e) {
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }
}
