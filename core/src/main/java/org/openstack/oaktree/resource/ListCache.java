package org.openstack.oaktree.resource;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Flight;

/**
 * Lists that were fetched, and lists that are being fetched. Safe for use by many threads.
 *
 * <p>A reader says how old an answer he takes: the earliest time at which the fetch may have begun. A list in the cache that is young
 * enough is the answer. Else he joins the fetch that is under way, if that began late enough. Else he waits for the <em>next</em>
 * fetch, which begins when the one under way has ended, and which serves everybody who asks until then. So however many ask for a
 * list, and however fresh they want it, the cloud sees at most one fetch of it at a time.
 */
final class ListCache {
    /** Longest time one whole list may take; readers leave at their own deadlines. */
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(10);

    private static final Duration KEPT = Duration.ofMinutes(15);
    /** By then no list is left that was begun before. */
    private static final Duration REMEMBERED = KEPT.plus(LONGEST_FETCH);

    private final Cache<Key, Snapshot> lists = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / 4)
            .<Key, Snapshot>weigher((key, list) -> (int) Math.min(Integer.MAX_VALUE, 200 + 3 * list.bytes()))
            .expireAfterWrite(KEPT)
            .build();
    private final Map<Key, Lane> lanes = new ConcurrentHashMap<>();
    private final Cache<Outdated, Instant> outdated =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();

    /**
     * What a list is of.
     *
     * @param scope who sees it, where
     * @param resource full name of its message
     * @param arguments what else the cloud was asked
     */
    record Key(String scope, String resource, String arguments) {}

    /**
     * Lists that were true once.
     *
     * @param seenBy everybody in a cloud and region, or one scope
     * @param resource full name of the message
     */
    record Outdated(String seenBy, String resource) {}

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
     * @throws TimeoutException when it did not come before the current call's deadline
     */
    Snapshot get(Key key, Instant notBefore, Supplier<Snapshot> fetch) throws TimeoutException {
        Snapshot kept = kept(key, notBefore);
        if (kept != null) {
            return kept;
        }
        AtomicReference<@Nullable Snapshot> landed = new AtomicReference<>();
        AtomicReference<@Nullable Flight<Snapshot>> boarded = new AtomicReference<>();
        lanes.compute(key, (any, under) -> {
            // What came since the look above must not be fetched again by everybody who looked before it came.
            landed.set(kept(key, notBefore));
            if (landed.get() != null) {
                return under;
            }
            Lane lane = under == null ? new Lane(key) : under;
            boarded.set(lane.board(notBefore, fetch));
            return lane;
        });
        Snapshot meanwhile = landed.get();
        if (meanwhile != null) {
            return meanwhile;
        }
        return Objects.requireNonNull(boarded.get()).await();
    }

    /** From now on none of these is shown whose fetch began before now. */
    void outdate(Outdated lists) {
        outdated.put(lists, Instant.now());
    }

    /** The later of that time and the last one at which these were outdated. */
    Instant notBefore(Outdated lists, Instant wanted) {
        Instant last = outdated.getIfPresent(lists);
        return last != null && last.isAfter(wanted) ? last : wanted;
    }

    /** The fetches of one list: at most one under way, at most one that waits for it. Changed only inside {@code lanes.compute}. */
    private final class Lane {
        private final Key key;
        private @Nullable Flight<Snapshot> current;
        private @Nullable Flight<Snapshot> next;

        Lane(Key key) {
            this.key = key;
        }

        Flight<Snapshot> board(Instant notBefore, Supplier<Snapshot> fetch) {
            Flight<Snapshot> under = current;
            if (under == null) {
                Flight<Snapshot> first = flight(fetch);
                first.board();
                current = first;
                first.begin();
                return first;
            }
            if (!under.begun().isBefore(notBefore) && under.board()) {
                return under;
            }
            Flight<Snapshot> waiting = next;
            if (waiting == null || !waiting.board()) {
                waiting = flight(fetch);
                waiting.board();
                next = waiting;
            }
            return waiting;
        }

        private Flight<Snapshot> flight(Supplier<Snapshot> fetch) {
            return new Flight<>(
                    () -> {
                        Snapshot fetched = fetch.get();
                        lists.put(key, fetched);
                        return fetched;
                    },
                    LONGEST_FETCH,
                    this::landed);
        }

        private void landed(Flight<Snapshot> flight) {
            lanes.computeIfPresent(key, (any, lane) -> lane == this && current == flight ? following() : lane);
        }

        private @Nullable Lane following() {
            Flight<Snapshot> following = next;
            next = null;
            current = following;
            if (following == null) {
                return null;
            }
            following.begin();
            return this;
        }
    }
}
