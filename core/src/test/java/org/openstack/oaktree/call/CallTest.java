package org.openstack.oaktree.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallTest {
    @Test
    void holdsWithinRunOnly() throws Exception {
        Call call = Call.begin("oaktree.compute.v1.Servers/ListServers", Duration.ofSeconds(5));

        assertThat(call.<Call, RuntimeException>run(Call::current)).isSameAs(call);
        assertThat(Call.current()).isNotSameAs(call);
        assertThat(call.id()).matches("req-[0-9a-f-]{36}");
    }

    @Test
    void withoutOneThereIsADefaultWithADeadline() {
        assertThat(Call.current().remaining()).isBetween(Call.DEFAULT_TIMEOUT.minusSeconds(30), Call.DEFAULT_TIMEOUT);
    }

    @Test
    void remainingTimeIsNeverNegative() {
        assertThat(Call.begin("", Duration.ZERO)
                        .withDeadline(Instant.now().minusSeconds(3))
                        .remaining())
                .isZero();
    }

    @Test
    void noPauseIsWorthMoreThanAnybodyWaitsNorThanTheWorkMayTake() {
        Call call = Call.begin("m", Duration.ofMinutes(1));
        Instant soon = Instant.now().plusSeconds(10);
        Instant late = Instant.now().plusSeconds(100);
        assertThat(call.shared(late, () -> soon).patience()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(call.shared(soon, () -> late).patience()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatMustBeDoneIsDoneAlsoWhenTheCallEndsMeanwhile() throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        Thread call = Thread.startVirtualThread(() -> {
            String result = Call.begin("m", Duration.ZERO).afterwards(Duration.ofMinutes(1), () -> {
                begun.complete(null);
                goOn.join();
                return Thread.currentThread().isInterrupted()
                                || Call.current().remaining().isZero()
                        ? "ended"
                        : "done";
            });
            done.complete(result.equals("done") && Thread.currentThread().isInterrupted());
        });
        begun.join();
        call.interrupt();
        goOn.complete(null);

        assertThat(done.get()).isTrue();
    }

    @Test
    void countersOfAllItsThreadsAddUp() throws Exception {
        Call call = Call.begin("m", Duration.ofSeconds(5));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.startVirtualThread(() -> call.run(() -> {
                Call.current().counters().upstream("compute", "ListServers");
                Call.current().counters().upstream("network", "ListPorts");
                return true;
            })));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(call.counters().upstreamRequests()).isEqualTo(100);
        assertThat(call.counters().upstreamRequestsByOperation())
                .containsEntry("compute ListServers", 50L)
                .containsEntry("network ListPorts", 50L)
                .hasSize(2);
    }
}
