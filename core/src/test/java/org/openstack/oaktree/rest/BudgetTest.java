package org.openstack.oaktree.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Duration late = Duration.ofHours(1);

    /** Time stands still until a test moves it. */
    private final AtomicLong now = new AtomicLong(1000);

    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private final List<Duration> alarmsSet = new ArrayList<>();

    private Budget budget(int concurrency, OptionalDouble rate) {
        return new Budget(concurrency, rate, now::get, (delay, action) -> {
            alarmsSet.add(delay);
            alarms.add(action);
        });
    }

    /** Enters in a thread of its own and says its name when it is in; leaves at once. */
    private Thread enter(Budget budget, String scope, boolean background, String name, BlockingQueue<String> order)
            throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(() -> {
            try (Budget.Place place = budget.enter(scope, background, late)) {
                order.add(name);
            } catch (InterruptedException | Budget.ExhaustedException failed) {
                order.add(name + " failed");
            }
        });
        // A waiter is in the queue when its thread waits: only then may the next one come.
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void servesScopesInTurnsSoThatOneWhoAsksMuchDelaysHimself() throws Exception {
        Budget budget = budget(1, OptionalDouble.empty());
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        try (Budget.Place first = budget.enter("x", false, late)) {
            for (int i = 1; i <= 4; i++) {
                threads.add(enter(budget, "greedy", false, "greedy" + i, order));
            }
            threads.add(enter(budget, "modest", false, "modest1", order));
            threads.add(enter(budget, "modest", false, "modest2", order));
            assertThat(order).isEmpty();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly("greedy1", "modest1", "greedy2", "modest2", "greedy3", "greedy4");
    }

    @Test
    void peopleGoBeforeBackgroundWhichNeverStops() throws Exception {
        Budget budget = budget(1, OptionalDouble.empty());
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        try (Budget.Place first = budget.enter("x", false, late)) {
            threads.add(enter(budget, "a", true, "poll1", order));
            threads.add(enter(budget, "a", true, "poll2", order));
            for (int i = 1; i <= 12; i++) {
                threads.add(enter(budget, "a", false, "call" + i, order));
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> got = new ArrayList<>(order);
        assertThat(got.subList(0, 8)).allMatch(name -> name.startsWith("call"));
        assertThat(got.get(8)).isEqualTo("poll1");
        assertThat(got.getLast()).isEqualTo("poll2");
        assertThat(got).hasSize(14);
    }

    @Test
    void spacesStartsEvenlyAndSavesNothingUpForABurst() throws Exception {
        Budget budget = budget(100, OptionalDouble.of(10));
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        now.addAndGet(Duration.ofMinutes(10).toNanos());
        Thread one = enter(budget, "a", false, "1", order);
        one.join();
        Thread two = enter(budget, "a", false, "2", order);
        Thread three = enter(budget, "a", false, "3", order);
        assertThat(order).containsExactly("1");
        assertThat(alarmsSet).containsExactly(Duration.ofMillis(100));

        now.addAndGet(Duration.ofMillis(100).toNanos());
        alarms.remove().run();
        two.join();
        assertThat(order).containsExactly("1", "2");
        assertThat(alarmsSet).containsExactly(Duration.ofMillis(100), Duration.ofMillis(100));

        now.addAndGet(Duration.ofMillis(100).toNanos());
        alarms.remove().run();
        three.join();
        assertThat(order).containsExactly("1", "2", "3");
    }

    @Test
    void whoCannotStartBeforeHisDeadlineHearsSoAtOnce() throws Exception {
        Budget budget = budget(100, OptionalDouble.of(0.1));
        budget.enter("a", false, late).close();

        assertThatThrownBy(() -> budget.enter("a", false, Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        Budget.ExhaustedException.class,
                        exhausted -> assertThat(exhausted.comeAgain()).isEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aPauseHoldsForEverybodyAndTellsAtOnceWhoCannotWait() throws Exception {
        Budget budget = budget(1, OptionalDouble.empty());
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        Thread patient;
        Thread hasty;
        try (Budget.Place first = budget.enter("x", false, late)) {
            patient = enter(budget, "a", false, "patient", order);
            hasty = Thread.ofVirtual().start(() -> {
                try (Budget.Place place = budget.enter("b", false, Duration.ofSeconds(20))) {
                    order.add("hasty");
                } catch (InterruptedException | Budget.ExhaustedException failed) {
                    order.add("hasty failed");
                }
            });
            while (hasty.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            budget.pause(Duration.ofSeconds(30));
            hasty.join();
            assertThat(order).containsExactly("hasty failed");
        }
        assertThat(order).containsExactly("hasty failed");
        assertThat(alarmsSet).containsExactly(Duration.ofSeconds(30));
        assertThatThrownBy(() -> budget.enter("c", false, Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        Budget.ExhaustedException.class,
                        exhausted -> assertThat(exhausted.comeAgain()).isEqualTo(Duration.ofSeconds(30)));
        // A shorter one does not cut it, and none is endless.
        budget.pause(Duration.ofSeconds(1));
        budget.pause(Duration.ofHours(5));
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        alarms.remove().run();
        patient.join();
        assertThat(order).containsExactly("hasty failed", "patient");
    }

    @Test
    void whoIsInterruptedOrTooLateLeavesNoGap() throws Exception {
        Budget budget = budget(1, OptionalDouble.empty());
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        Thread last;
        try (Budget.Place first = budget.enter("x", false, late)) {
            Thread interrupted = enter(budget, "a", false, "interrupted", order);
            last = enter(budget, "a", false, "last", order);
            interrupted.interrupt();
            interrupted.join();
            assertThatThrownBy(() -> budget.enter("b", false, Duration.ofMillis(20)))
                    .isInstanceOf(Budget.ExhaustedException.class);
        }
        last.join();
        assertThat(order).containsExactly("interrupted failed", "last");
        budget.enter("c", false, late).close();
    }

    @Test
    void neverHandsOutMoreThanThereIsAndLosesNothing() throws Exception {
        Budget budget = new Budget(4, OptionalDouble.empty(), System::nanoTime, (delay, action) -> {});
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            threads.add(Thread.startVirtualThread(() -> {
                try (Budget.Place place = budget.enter("scope" + number % 7, number % 3 == 0, late)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    done.incrementAndGet();
                } catch (InterruptedException | Budget.ExhaustedException left) {
                    done.addAndGet(1000);
                }
            }));
            if (i % 10 == 0) {
                threads.getLast().interrupt();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 4);
        int left = done.get() / 1000;
        assertThat(done.get() % 1000 + left).isEqualTo(500);
        for (int i = 0; i < 4; i++) {
            budget.enter("after", false, late);
        }
        assertThatThrownBy(() -> budget.enter("after", false, Duration.ofMillis(20)))
                .isInstanceOf(Budget.ExhaustedException.class);
    }
}
