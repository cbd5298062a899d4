package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

class ListCacheTest {
    private static final ListCache.Key KEY = new ListCache.Key("scope", "resource", "");

    private final ListCache cache = new ListCache();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @AfterEach
    void close() {
        readers.shutdownNow();
    }

    private Snapshot fetch() {
        return fetch(Instant.now());
    }

    private Snapshot fetch(Instant begun) {
        fetches.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        Snapshot list = new Snapshot(List.of(), Object::toString, begun);
        atOnce.decrementAndGet();
        return list;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aKeptListThatIsYoungEnoughIsTheAnswer() throws TimeoutException {
        Snapshot first = cache.get(KEY, Instant.now(), this::fetch);
        assertThat(cache.get(KEY, first.asOf(), this::fetch)).isSameAs(first);
        assertThat(cache.get(KEY, Instant.EPOCH, this::fetch)).isSameAs(first);
        assertThat(fetches).hasValue(1);
        assertThat(cache.get(KEY, Instant.now(), this::fetch)).isNotSameAs(first);
    }

    @Test
    void whoAsksForAFreshListWhileOneIsFetchedSharesTheNextFetch() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<Snapshot> first = readers.submit(() -> cache.get(KEY, Instant.now(), () -> {
            Instant asOf = Instant.now();
            begun.countDown();
            await(goOn);
            return fetch(asOf);
        }));
        begun.await();
        List<Future<Snapshot>> others = new ArrayList<>();
        CountDownLatch asked = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            others.add(readers.submit(() -> {
                Instant now = Instant.now();
                asked.countDown();
                return cache.get(KEY, now, this::fetch);
            }));
        }
        asked.await();
        goOn.countDown();
        Snapshot old = first.get();
        for (Future<Snapshot> other : others) {
            assertThat(other.get()).isNotSameAs(old);
        }
        assertThat(mostAtOnce).hasValue(1);
        // The first, and the one that the others share.
        assertThat(fetches).hasValue(2);
    }

    @Test
    void whoTakesAnOlderListJoinsTheFetchUnderWay() throws Exception {
        Instant before = Instant.now();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Supplier<Snapshot> slow = () -> {
            begun.countDown();
            await(goOn);
            return fetch();
        };
        Future<Snapshot> first = readers.submit(() -> cache.get(KEY, before, slow));
        begun.await();
        CountDownLatch asked = new CountDownLatch(1);
        Future<Snapshot> second = readers.submit(() -> {
            asked.countDown();
            return cache.get(KEY, before, slow);
        });
        asked.await();
        goOn.countDown();
        assertThat(second.get()).isSameAs(first.get());
        assertThat(fetches).hasValue(1);
    }

    /** [BUG] §3.1: a write made only the list without arguments unacceptable. */
    @Test
    void afterAWriteNobodyIsShownAnOlderList() throws TimeoutException {
        ListCache.Outdated servers = new ListCache.Outdated("cloud region", "servers");
        Snapshot first = cache.get(KEY, Instant.now(), this::fetch);
        cache.outdate(servers);
        Instant notBefore = cache.notBefore(servers, first.asOf());
        assertThat(notBefore).isAfterOrEqualTo(first.asOf());
        assertThat(cache.get(KEY, notBefore, this::fetch).asOf()).isAfterOrEqualTo(notBefore);
    }

    @Test
    void aFailureReachesEverybodyWhoWaitedAndIsNotKept() throws TimeoutException {
        assertThatThrownBy(() -> cache.get(KEY, Instant.now(), () -> {
                    throw OaktreeException.of(ErrorReason.ERROR_REASON_CLOUD_UNREACHABLE, "gone")
                            .build();
                }))
                .isInstanceOf(OaktreeException.class);
        assertThat(cache.get(KEY, Instant.EPOCH, this::fetch)).isNotNull();
    }

    @Test
    void whoseDeadlinePassesLeavesAndTheFetchEndsWhenNobodyIsLeft() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Supplier<Snapshot> endless = () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new IllegalStateException("was interrupted");
        };
        Future<Snapshot> patient = readers.submit(() -> cache.get(KEY, Instant.EPOCH, endless));
        begun.await();
        Call hasty = Call.begin("test", Duration.ofMillis(50));
        assertThatThrownBy(() -> hasty.run(() -> cache.get(KEY, Instant.EPOCH, endless)))
                .isInstanceOf(TimeoutException.class);
        assertThat(interrupted.getCount()).isEqualTo(1);
        patient.cancel(true);
        interrupted.await();
        assertThat(cache.get(KEY, Instant.now(), this::fetch)).isNotNull();
    }
}
