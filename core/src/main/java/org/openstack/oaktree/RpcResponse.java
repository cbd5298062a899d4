package org.openstack.oaktree;

import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/**
 * What a call answers: a message, and its bytes, which are made once however often they are sent. Immutable; safe for use by many
 * threads.
 */
public final class RpcResponse {
    private final Message message;
    private volatile byte @Nullable [] bytes;

    private RpcResponse(Message message) {
        this.message = message;
    }

    /** Answers with this message. */
    public static RpcResponse of(Message message) {
        return new RpcResponse(message);
    }

    /** The message. */
    public Message message() {
        return message;
    }

    /** The message as it is sent; not to be changed. */
    public byte[] bytes() {
        byte[] encoded = bytes;
        if (encoded == null) {
            encoded = message.toByteArray();
            bytes = encoded;
        }
        return encoded;
    }
}
