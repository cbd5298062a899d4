package org.openstack.oaktree;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.function.Consumer;

/** One call of the API as core answers it, whatever carries it. Implementations are safe for use by many threads. */
public interface RpcMethod {
    /** The call's declaration. */
    MethodDescriptor descriptor();

    /**
     * Answers one request; blocks until the last response is handed over, and ends early when the thread is interrupted.
     *
     * @param request of the type that the descriptor names
     * @param responses takes exactly one response, or any number when the call streams
     * @throws org.openstack.oaktree.error.OaktreeException for everything that goes wrong and that the caller should know
     */
    void invoke(Message request, Consumer<? super RpcResponse> responses);

    /**
     * Answers a stream of requests, of which a call that takes a single one looks at the first; blocks as {@link #invoke(Message, Consumer)}
     * does. The answer may come before the requests end: the rest is of no interest then.
     *
     * @param requests as they come: each step waits for the next one, which is asked for no sooner than the one before was taken; throws
     *     what ended the stream when that was not its sender's will
     */
    default void invoke(Iterator<? extends Message> requests, Consumer<? super RpcResponse> responses) {
        invoke(requests.next(), responses);
    }
}
