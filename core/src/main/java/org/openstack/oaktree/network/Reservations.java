package org.openstack.oaktree.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
 * What calls of this oaktree are about to change, whoever makes them in whatever cloud's name. A call reserves what it is asked to change
 * from its first moment on, also while it does not know more of it than an address; then it waits for its turn. Who could as well take
 * another one takes only what nobody has reserved. Safe for use by many threads.
 */
public final class Reservations {
    private final Map<String, Integer> reserved = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> turns = new ConcurrentHashMap<>();
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();

    /** How long what a call has handed out is kept for its caller: he shall have the time to use it. */
    static final Duration LEASE = Duration.ofMinutes(5);

    /** What is kept for a caller when no call of his is under way. */
    private record Lease(String caller, Instant until) {
        boolean isOver() {
            return Instant.now().isAfter(until);
        }
    }

    /** A reservation or a turn; whoever has it closes it. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Reserves these, each by its ID or another text that only it has; others may have reserved them too. Never waits. */
    Hold reserve(Collection<String> texts) {
        List<String> own = List.copyOf(texts);
        own.forEach(text -> reserved.merge(text, 1, Integer::sum));
        return () -> own.forEach(text -> reserved.computeIfPresent(text, (_, count) -> count == 1 ? null : count - 1));
    }

    /**
     * Waits until no other call changes it.
     *
     * @throws OaktreeException CONFLICT when the call's deadline comes first
     */
    Hold turn(String id) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<Void> others = turns.putIfAbsent(id, mine);
            if (others == null) {
                return () -> release(id, mine);
            }
            await(id, others);
        }
    }

    /**
     * Takes a turn if nobody has one, and nobody has reserved it.
     *
     * @param id whose turn it is
     * @param others texts by which it may have been reserved
     */
    Optional<Hold> tryTurn(String id, String... others) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        if (turns.putIfAbsent(id, mine) != null) {
            return Optional.empty();
        }
        // Only now: who reserves it after this look waits for this turn's end.
        if (isReserved(id, others)) {
            release(id, mine);
            return Optional.empty();
        }
        return Optional.of(() -> release(id, mine));
    }

    /** Whether somebody has reserved it by one of these texts, or it is kept for somebody. */
    boolean isReserved(String id, String... others) {
        return reserved.containsKey(id) || Arrays.stream(others).anyMatch(reserved::containsKey) || isLeased(id);
    }

    private boolean isLeased(String id) {
        Lease lease = leases.get(id);
        return lease != null && !lease.isOver();
    }

    /** Whether it is kept for that caller. */
    boolean isLeasedTo(String id, String caller) {
        Lease lease = leases.get(id);
        return !caller.isEmpty()
                && lease != null
                && !lease.isOver()
                && lease.caller().equals(caller);
    }

    /**
     * Keeps it for a caller for some minutes, if nobody else has it; who has it already keeps it as long again.
     *
     * @param caller who can say so again; empty: he cannot
     * @param others texts by which it may have been reserved
     * @return whether it is his
     */
    boolean lease(String id, String caller, String... others) {
        if (isLeasedTo(id, caller)) {
            keep(id, caller);
            return true;
        }
        Optional<Hold> turn = tryTurn(id, others);
        if (turn.isEmpty()) {
            return false;
        }
        try (Hold own = turn.get()) {
            keep(id, caller);
            return true;
        }
    }

    /** Keeps for a caller what only he can have. */
    void keep(String id, String caller) {
        leases.values().removeIf(Lease::isOver);
        leases.put(id, new Lease(caller, Instant.now().plus(LEASE)));
    }

    /** Keeps it for nobody any more. */
    void release(String id) {
        leases.remove(id);
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
        turns.remove(id, mine);
        mine.complete(null);
    }
}
