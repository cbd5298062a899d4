package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * The messages of a client's stream: the transport's thread puts them in, the call's own takes them out, and asks for another one with
 * each that it takes. So no more than one waits here, and a client that is faster than the call has to wait.
 */
final class Inbox implements Iterator<Message> {
    private final String type;
    private final Runnable another;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Received> received = new ArrayDeque<>();
    private boolean ended;

    /**
     * An empty one.
     *
     * @param type of the messages, for who sends something else
     * @param another asks the transport for one more message
     */
    Inbox(String type, Runnable another) {
        this.type = type;
        this.another = another;
    }

    void put(Received request) {
        lock.lock();
        try {
            received.add(request);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next message, or for the end.
     *
     * @throws OaktreeException WAIT_TIMED_OUT when neither comes before the deadline of the call, or of the work that it is needed for
     */
    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            long left = Call.current().remaining().toNanos();
            while (received.isEmpty() && !ended) {
                if (left <= 0) {
                    throw late();
                }
                left = changed.awaitNanos(left);
            }
            return !received.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the call ended before its requests did");
        } finally {
            lock.unlock();
        }
    }

    private static OaktreeException late() {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_WAIT_TIMED_OUT,
                        "The time was over before all requests of the stream had come; send them faster, or allow more time.")
                .build();
    }

    @Override
    public Message next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more requests");
        }
        Received request;
        lock.lock();
        try {
            request = received.remove();
        } finally {
            lock.unlock();
        }
        another.run();
        return request.message()
                .orElseThrow(() -> Received.refusal("a request is not a " + type + ", or has text that is not UTF-8"));
    }
}
