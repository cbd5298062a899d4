package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.Counters;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * One call: collects its request, or its requests, on the transport's thread, answers it on a virtual thread of its own.
 *
 * <p>The transport's thread never waits: it only notes what happened and wakes or interrupts the virtual thread. That one alone sends, so
 * nothing here needs a lock. A stream that is ahead of its reader sleeps until the transport is ready for more.
 */
final class CallInProgress extends ServerCall.Listener<Received> implements Runnable {
    /** Why a call ends before it is answered. */
    enum Stop {
        CLIENT_GONE,
        DEADLINE_PASSED,
        SHUTTING_DOWN
    }

    private static final ThreadFactory THREADS = Thread.ofVirtual()
            .inheritInheritableThreadLocals(false)
            .name("call")
            .factory();

    private final ServerCall<Received, RpcResponse> call;
    private final BoundMethod method;
    private final CallHeaders headers;
    private final @Nullable Deadline clientDeadline = Context.current().getDeadline();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

    // Only for the transport's thread, until the call's own begins.
    private @Nullable Message request;
    private boolean refused;
    /** Requests of a call that takes a stream of them; null for all others. */
    private final @Nullable Inbox inbox;

    private volatile @Nullable Thread thread;

    // Only for the call's own thread.
    private boolean headersSent;
    private @Nullable RpcResponse answer;

    CallInProgress(ServerCall<Received, RpcResponse> call, BoundMethod method, Metadata headers) {
        this.call = call;
        this.method = method;
        this.headers = CallHeaders.read(headers);
        this.inbox = method.receivesStream() ? new Inbox(method.requestType(), () -> call.request(1)) : null;
    }

    @Override
    public void onMessage(Received received) {
        if (inbox != null) {
            inbox.put(received);
            start(received.message().orElseGet(method::emptyRequest));
        } else if (request != null) {
            refuse("this call takes one request message; more came");
        } else if (received.message().isEmpty()) {
            refuse("the request is not a " + method.requestType() + ", or has text that is not UTF-8");
        } else {
            request = received.message().get();
        }
    }

    @Override
    public void onHalfClose() {
        if (inbox != null) {
            inbox.end();
            start(method.emptyRequest());
            return;
        }
        if (refused) {
            return;
        }
        if (request == null) {
            refuse("this call takes one request message; none came");
            return;
        }
        start(request);
    }

    /** Begins to answer, unless that began before. */
    private void start(Message first) {
        if (thread != null) {
            return;
        }
        request = first;
        Thread own = THREADS.newThread(this);
        thread = own;
        method.inFlight().add(this);
        own.start();
    }

    private void refuse(String problem) {
        if (!refused) {
            refused = true;
            OaktreeException why = Received.refusal(problem);
            Failures.close(call, why, headers.ofAnswer());
            method.reports().refused(method.name(), why);
        }
    }

    @Override
    public void onReady() {
        LockSupport.unpark(thread);
    }

    @Override
    public void onCancel() {
        stop(Stop.CLIENT_GONE);
    }

    /** Ends the call early, from any thread. The first reason counts. */
    void stop(Stop reason) {
        if (stop.compareAndSet(null, reason)) {
            Thread own = thread;
            if (own != null) {
                own.interrupt();
            }
        }
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        Message asked = request;
        if (asked == null) {
            throw new IllegalStateException("started without a request");
        }
        Duration time = timeLeft(asked);
        Call facts =
                new Call(headers.id(), method.name(), Instant.now().plus(time), false, new Counters(), headers.trace());
        ScheduledFuture<?> timer =
                clientDeadline == null ? method.inFlight().after(time, () -> stop(Stop.DEADLINE_PASSED)) : null;
        if (stop.get() != null) {
            Thread.currentThread().interrupt();
        }
        Optional<OaktreeException> failure = Optional.empty();
        Status.Code code = Status.Code.OK;
        try {
            facts.run(() -> {
                if (inbox == null) {
                    method.rpc().invoke(asked, this::respond);
                } else {
                    method.rpc().invoke(inbox, this::respond);
                }
                return null;
            });
            sendAnswer();
            call.close(Status.OK, new Metadata());
        } catch (Throwable problem) {
            OaktreeException shown = shown(problem);
            code = close(shown);
            failure = call.isCancelled() ? Optional.empty() : Optional.of(shown);
        } finally {
            if (timer != null) {
                timer.cancel(false);
            }
            method.inFlight().remove(this);
            method.reports().finished(facts, code, Duration.ofNanos(System.nanoTime() - began), failure);
        }
    }

    private Duration timeLeft(Message asked) {
        return clientDeadline == null
                ? method.timeWithoutDeadline(asked)
                : Duration.ofNanos(Math.max(0, clientDeadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private void respond(RpcResponse response) {
        if (method.streams()) {
            sendHeaders();
            awaitReady();
            call.sendMessage(response);
        } else if (answer != null) {
            throw new IllegalStateException(method.name() + " answered twice");
        } else {
            answer = response;
        }
    }

    private void awaitReady() {
        while (!call.isReady()) {
            if (stop.get() != null || Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the call ended while its reader was behind");
            }
            LockSupport.park(this);
        }
    }

    private void sendAnswer() {
        sendHeaders();
        if (!method.streams()) {
            if (answer == null) {
                throw new IllegalStateException(method.name() + " gave no answer");
            }
            call.sendMessage(answer);
        }
    }

    private void sendHeaders() {
        if (!headersSent) {
            headersSent = true;
            call.sendHeaders(headers.ofAnswer());
        }
    }

    /** What the caller is told. A call that was stopped is answered with the reason, unless core found better words for it. */
    private OaktreeException shown(Throwable problem) {
        if (problem instanceof OaktreeException known && known.reason() != ErrorReason.ERROR_REASON_OAKTREE_FAILED) {
            return known;
        }
        Stop why = stop.get();
        if (why == null) {
            return problem instanceof OaktreeException known ? known : Failures.defect(headers.id(), problem);
        }
        return switch (why) {
            case CLIENT_GONE, DEADLINE_PASSED ->
                OaktreeException.of(
                                ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW,
                                "the answer was not there in time; give the call a longer deadline, or ask for less")
                        .cause(problem)
                        .build();
            case SHUTTING_DOWN -> Drain.shuttingDown();
        };
    }

    private Status.Code close(OaktreeException shown) {
        if (call.isCancelled()) {
            call.close(Status.CANCELLED, new Metadata());
            return clientDeadline != null && clientDeadline.isExpired()
                    ? Status.Code.DEADLINE_EXCEEDED
                    : Status.Code.CANCELLED;
        }
        // A call without an answer has no headers: what would stand there goes into its trailers.
        Failures.close(call, shown, headersSent ? new Metadata() : headers.ofAnswer());
        return Failures.grpcCode(shown.code());
    }
}
