package org.openstack.oaktree;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
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
}
