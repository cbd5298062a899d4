package org.openstack.oaktree.resource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Call;

/**
 * Lists that were fetched, and lists that are being fetched. Safe for use by many threads.
 *
 * <p>A reader says how old an answer he takes: the earliest time at which the fetch may have begun. A list in the cache that is young
 * enough is the answer. Else he joins the fetch that is under way, if that began late enough. Else he waits for the <em>next</em>
 * fetch, which begins when the one under way has ended, and which serves everybody who asks until then. So however many ask for a
 * list, and however fresh they want it, the cloud sees at most one fetch of it at a time.
 *
 * <p>A fetch belongs to nobody: it runs on a thread of its own and ends early only when nobody waits for it any more.
 */
final class ListCache {
    /** Longest time one whole list may take; readers leave at their own deadlines. */
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(10);

    private static final Duration KEPT = Duration.ofMinutes(15);

    private final Cache<Key, Snapshot> lists = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / 4)
            .<Key, Snapshot>weigher((key, list) -> (int) Math.min(Integer.MAX_VALUE, 200 + 3 * list.bytes()))
            .expireAfterWrite(KEPT)
            .build();
    private final Map<Key, Flights> flights = new ConcurrentHashMap<>();
    private final Map<Written, Instant> writes = new ConcurrentHashMap<>();

    /**
     * What a list is of.
     *
     * @param scope who sees it, where
     * @param resource full name of its message
     * @param arguments what else the cloud was asked
     */
    record Key(String scope, String resource, String arguments) {}

    /**
     * What was written.
     *
     * @param place cloud and region
     * @param resource full name of the message
     */
    record Written(String place, String resource) {}

    /** The list if one is kept whose fetch began late enough, else null. */
    @Nullable
    Snapshot kept(Key key, Instant notBefore) {
        Snapshot kept = lists.getIfPresent(key);
        return kept != null && !kept.asOf().isBefore(notBefore) ? kept : null;
    }

    /**
     * The list, fetched if need be.
     *
     * @param notBefore earliest acceptable begin of its fetch
     * @param fetch fetches it; runs on a thread of its own as part of the current call
     * @throws LateException when it did not come before the current call's deadline
     */
    Snapshot get(Key key, Instant notBefore, Supplier<Snapshot> fetch) {
        Snapshot kept = kept(key, notBefore);
        if (kept != null) {
            return kept;
        }
        AtomicReference<@Nullable Flight> boarded = new AtomicReference<>();
        flights.compute(key, (any, under) -> {
            Flights all = under == null ? new Flights(key) : under;
            boarded.set(all.board(notBefore, fetch));
            return all;
        });
        return Objects.requireNonNull(boarded.get()).await();
    }

    /** The call's deadline came before the list. */
    static final class LateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LateException(Throwable cause) {
            super(cause);
        }
    }

    /** From now on nobody is shown a list of that resource whose fetch began before now. */
    void written(Written what) {
        writes.put(what, Instant.now());
    }

    /** The later of that time and the last write. */
    Instant notBefore(Written what, Instant wanted) {
        Instant written = writes.get(what);
        return written != null && written.isAfter(wanted) ? written : wanted;
    }

    /** The fetches of one list: at most one under way, at most one that waits for it. Changed only inside {@code flights.compute}. */
    private final class Flights {
        private final Key key;
        private @Nullable Flight current;
        private @Nullable Flight next;

        Flights(Key key) {
            this.key = key;
        }

        Flight board(Instant notBefore, Supplier<Snapshot> fetch) {
            Flight under = current;
            if (under == null) {
                Flight first = new Flight(this, fetch);
                current = first;
                first.boards();
                first.begin();
                return first;
            }
            if (!under.begun.isBefore(notBefore) && under.boards()) {
                return under;
            }
            Flight waiting = next;
            if (waiting == null || !waiting.boards()) {
                waiting = new Flight(this, fetch);
                waiting.boards();
                next = waiting;
            }
            return waiting;
        }

        void landed(Flight flight, @Nullable Snapshot list) {
            if (list != null) {
                lists.put(key, list);
            }
            flights.computeIfPresent(key, (any, all) -> all == this && current == flight ? following() : all);
        }

        private @Nullable Flights following() {
            Flight following = next;
            next = null;
            current = following;
            if (following == null) {
                return null;
            }
            following.begin();
            return this;
        }
    }

    /** One fetch and all who wait for it. */
    private static final class Flight {
        private final Flights flights;
        private final Supplier<Snapshot> fetch;
        private final Call call;
        private final CompletableFuture<Snapshot> list = new CompletableFuture<>();
        private volatile Instant begun = Instant.MAX;
        private volatile @Nullable Thread thread;
        private volatile Instant awaitedUntil = Instant.MIN;
        private int waiting;
        private boolean abandoned;

        Flight(Flights flights, Supplier<Snapshot> fetch) {
            this.flights = flights;
            this.fetch = fetch;
            this.call = Call.current();
        }

        /** Takes one reader more; false when everybody had left and the fetch was told to stop. */
        synchronized boolean boards() {
            if (abandoned) {
                return false;
            }
            waiting++;
            Instant deadline = Call.current().deadline();
            awaitedUntil = deadline.isAfter(awaitedUntil) ? deadline : awaitedUntil;
            return true;
        }

        void begin() {
            begun = Instant.now();
            Call own = call.shared(begun.plus(LONGEST_FETCH), () -> awaitedUntil);
            thread = Thread.ofVirtual()
                    .name("list-fetch")
                    .start(() -> own.run(() -> {
                        fly();
                        return null;
                    }));
        }

        private void fly() {
            try {
                synchronized (this) {
                    if (abandoned) {
                        throw new CancellationException("nobody waits for the list any more");
                    }
                }
                Snapshot fetched = fetch.get();
                flights.landed(this, fetched);
                list.complete(fetched);
            } catch (Throwable e) {
                // First nobody can board any more, then those who did are told: a failure reaches no later reader.
                flights.landed(this, null);
                list.completeExceptionally(e);
            }
        }

        Snapshot await() {
            try {
                return list.get(Call.current().remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new LateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the call ended before the list came");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } finally {
                left();
            }
        }

        private synchronized void left() {
            waiting--;
            Thread running = thread;
            if (waiting == 0 && !list.isDone()) {
                abandoned = true;
                if (running != null) {
                    running.interrupt();
                }
            }
        }
    }
}
