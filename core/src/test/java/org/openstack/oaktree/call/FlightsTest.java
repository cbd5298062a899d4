package org.openstack.oaktree.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

class FlightsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Flights<String, String> flights = new Flights<>(LONG);
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch under = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Work that lasts until the gate is open. */
    private String work() {
        begun.incrementAndGet();
        under.countDown();
        try {
            gate.await();
            return "done";
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
        }
    }

    private static <T> CompletableFuture<T> call(Duration time, Supplier<T> what) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(Call.begin("test", time).<T, RuntimeException>run(what::get));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Test
    void whoLeavesDoesNotEndItForTheOthers() throws Exception {
        CompletableFuture<String> patient = call(LONG, () -> flights.join("key", this::work));
        under.await();
        assertTooSlow(call(Duration.ofMillis(1), () -> flights.join("key", this::work)));
        gate.countDown();
        assertThat(patient.get()).isEqualTo("done");
        assertThat(begun).hasValue(1);
    }

    @Test
    void whatNobodyWaitsForEndsAndTheNextBeginsAnew() throws Exception {
        assertTooSlow(call(Duration.ofMillis(100), () -> flights.join("key", this::work)));
        CompletableFuture<String> next = call(LONG, () -> flights.join("key", () -> "at once"));
        assertThat(next.get()).isEqualTo("at once");
        if (begun.get() > 0) {
            interrupted.await();
        }
    }

    private static void assertTooSlow(CompletableFuture<String> call) {
        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(
                        OaktreeException.class,
                        e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW));
    }
}
