package org.openstack.oaktree.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.Reservations.Hold;
import org.openstack.oaktree.v1.ErrorReason;

class ReservationsTest {
    private static final String ID = "0b0c4a5e";
    private static final String ADDRESS = "192.0.2.7";

    private final Reservations reservations = new Reservations();

    @Test
    void whatIsReservedByAnyOfItsTextsIsNotTaken() {
        for (String text : List.of(ID, ADDRESS)) {
            Hold first = reservations.reserve(List.of("another", text));
            Hold second = reservations.reserve(List.of(text));
            first.close();
            assertThat(reservations.tryTurn(ID, ADDRESS)).as(text).isEmpty();
            second.close();
            Optional<Hold> turn = reservations.tryTurn(ID, ADDRESS);
            assertThat(turn).as(text).isPresent();
            turn.orElseThrow().close();
        }
    }

    @Test
    void whoseTurnItIsIsSeenToBeWantedMeanwhile() {
        try (Hold turn = reservations.tryTurn(ID, ADDRESS).orElseThrow()) {
            assertThat(reservations.isReserved(ID, ADDRESS)).isFalse();
            Hold wanted = reservations.reserve(List.of(ADDRESS));
            assertThat(reservations.isReserved(ID, ADDRESS)).isTrue();
            wanted.close();
            assertThat(reservations.isReserved(ID, ADDRESS)).isFalse();
        }
    }

    @Test
    void turnsComeOneAfterTheOther() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Hold first = reservations.turn(ID);
            Future<Boolean> second = threads.submit(() -> {
                begun.complete(null);
                try (Hold own = reservations.turn(ID)) {
                    return reservations.tryTurn(ID, ADDRESS).isEmpty();
                }
            });
            begun.get();
            assertThat(reservations.tryTurn(ID, ADDRESS)).isEmpty();
            assertThat(second.isDone()).isFalse();
            first.close();
            assertThat(second.get()).isTrue();
        }
        assertThat(reservations.tryTurn(ID, ADDRESS)).isPresent();
    }

    @Test
    void whoseDeadlineComesFirstIsTold() {
        try (Hold others = reservations.turn(ID)) {
            assertThatThrownBy(() -> Call.begin("test", Duration.ofMillis(20)).run(() -> reservations.turn(ID)))
                    .isInstanceOfSatisfying(
                            OaktreeException.class,
                            e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_CONFLICT));
        }
        assertThat(reservations.tryTurn(ID, ADDRESS)).isPresent();
    }
}
