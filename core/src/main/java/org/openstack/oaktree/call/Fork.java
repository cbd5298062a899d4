package org.openstack.oaktree.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }
}
