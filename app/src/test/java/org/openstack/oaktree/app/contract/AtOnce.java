package org.openstack.oaktree.app.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Runs many small things side by side. */
final class AtOnce {
    private AtOnce() {}

    /** Runs all, so many at once, each on a virtual thread of its own; then throws all failures in one. */
    static void run(List<Runnable> things, int atOnce) throws InterruptedException {
        Semaphore places = new Semaphore(atOnce);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable thing : things) {
                places.acquire();
                running.add(threads.submit(() -> {
                    try {
                        thing.run();
                    } finally {
                        places.release();
                    }
                }));
            }
            AssertionError failure = new AssertionError("at least one of " + things.size() + " failed");
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failure.addSuppressed(e.getCause());
                }
            }
            if (failure.getSuppressed().length > 0) {
                throw failure;
            }
        }
    }
}
