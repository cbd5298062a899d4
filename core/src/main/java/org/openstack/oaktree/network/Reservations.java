package org.openstack.oaktree.network;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * What calls of this oaktree have chosen to change, by ID: one call each at a time, whoever makes it in whatever cloud's name. Safe for use
 * by many threads.
 */
public final class Reservations {
    private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

    /** A reservation; whoever has it closes it. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Reserves it, unless another call has. */
    Optional<Hold> tryHold(String id) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        return held.putIfAbsent(id, mine) == null ? Optional.of(() -> release(id, mine)) : Optional.empty();
    }

    /**
     * Reserves it as soon as no other call has it.
     *
     * @throws OaktreeException CONFLICT when the call's deadline comes first
     */
    Hold hold(String id) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<Void> others = held.putIfAbsent(id, mine);
            if (others == null) {
                return () -> release(id, mine);
            }
            await(id, others);
        }
    }

    private static void await(String id, CompletableFuture<Void> others) {
        try {
            others.get(Call.current().remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the call ended");
        } catch (TimeoutException e) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_CONFLICT,
                            "another call was changing " + id + " until this one's deadline; look at it, and try again")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void release(String id, CompletableFuture<Void> mine) {
        held.remove(id, mine);
        mine.complete(null);
    }
}
