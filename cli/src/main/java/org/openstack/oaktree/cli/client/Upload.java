package org.openstack.oaktree.cli.client;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of requests with one answer: sends no faster than the other side takes, so that no more than a few requests are in memory. */
final class Upload implements ClientResponseObserver<Message, DynamicMessage> {
    private @Nullable ClientCallStreamObserver<Message> call;
    private @Nullable DynamicMessage answer;
    private @Nullable Throwable failure;
    private boolean isDone;

    @Override
    public void beforeStart(ClientCallStreamObserver<Message> started) {
        call = started;
        started.setOnReadyHandler(this::wake);
    }

    /** Sends all, or as many as the other side wants before it answers. */
    DynamicMessage send(Iterator<? extends Message> requests) {
        ClientCallStreamObserver<Message> started = Objects.requireNonNull(call);
        try {
            while (mayGoOn(started) && requests.hasNext()) {
                started.onNext(requests.next());
            }
            if (!isDone()) {
                started.onCompleted();
            }
            return await();
        } catch (InterruptedException e) {
            started.cancel("interrupted", e);
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("interrupted").withCause(e).asRuntimeException();
        } catch (RuntimeException e) {
            // A file that cannot be read on: the other side must not take what it has for all.
            started.cancel("the client failed", e);
            throw e;
        }
    }

    private synchronized boolean mayGoOn(ClientCallStreamObserver<Message> started) throws InterruptedException {
        while (!isDone && !started.isReady()) {
            wait();
        }
        return !isDone;
    }

    private synchronized boolean isDone() {
        return isDone;
    }

    private synchronized DynamicMessage await() throws InterruptedException {
        while (!isDone) {
            wait();
        }
        if (failure instanceof StatusRuntimeException status) {
            throw status;
        }
        if (failure != null || answer == null) {
            throw Status.fromThrowable(failure == null ? new IllegalStateException("no answer") : failure)
                    .asRuntimeException();
        }
        return answer;
    }

    @Override
    public synchronized void onNext(DynamicMessage message) {
        answer = message;
    }

    @Override
    public synchronized void onError(Throwable thrown) {
        failure = thrown;
        isDone = true;
        notifyAll();
    }

    @Override
    public synchronized void onCompleted() {
        isDone = true;
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }
}
