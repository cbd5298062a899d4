package org.openstack.oaktree.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ForkTest {
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final AtomicBoolean ended = new AtomicBoolean();

    private void forEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        } finally {
            ended.set(true);
        }
    }

    @Test
    void beatsUntilTheOperationIsDone() {
        CountDownLatch beats = new CountDownLatch(3);
        AtomicReference<Call> seen = new AtomicReference<>();
        Call call = Call.begin("Test", Duration.ofMinutes(1));
        call.run(() -> {
            Fork.beside(
                    () -> {
                        seen.set(Call.current());
                        await(beats);
                    },
                    PAUSE,
                    beats::countDown);
            return true;
        });
        assertThat(beats.getCount()).isZero();
        assertThat(seen).as("the operation is part of the call").hasValue(call);
    }

    @Test
    void aBeatThatFailsEndsTheOperation() {
        assertThatThrownBy(() -> Fork.beside(this::forEver, PAUSE, () -> {
                    throw new IllegalStateException("nobody listens");
                }))
                .hasMessage("nobody listens");
        assertThat(ended).isTrue();
    }

    @Test
    void anOperationThatFailsEndsTheBeats() {
        AtomicInteger beats = new AtomicInteger();
        assertThatThrownBy(() -> Fork.beside(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        Duration.ofMinutes(1),
                        beats::incrementAndGet))
                .hasMessage("broken");
        assertThat(beats).hasValue(0);
    }

    @Test
    void theEndOfTheCallEndsTheOperationBeforeItReturns() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean endedFirst = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                Fork.beside(
                        () -> {
                            begun.countDown();
                            forEver();
                        },
                        PAUSE,
                        () -> {});
            } catch (CancellationException e) {
                endedFirst.set(ended.get());
                interrupted.set(Thread.currentThread().isInterrupted());
                failure.set(e);
            }
        });
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(failure.get()).isInstanceOf(CancellationException.class);
        assertThat(endedFirst).isTrue();
        assertThat(interrupted).isTrue();
    }

    @Test
    void theFirstFailureOfSeveralEndsTheOthers() {
        assertThatThrownBy(() -> Fork.all(List.of(true, false), fails -> {
                    if (fails) {
                        throw new IllegalStateException("first");
                    }
                    forEver();
                    return fails;
                }))
                .hasMessage("first");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        }
    }
}
