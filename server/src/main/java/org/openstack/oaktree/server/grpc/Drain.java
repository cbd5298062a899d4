package org.openstack.oaktree.server.grpc;

import io.grpc.Metadata;
import java.util.Optional;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** Refuses new calls once the server has been told to end. */
final class Drain implements EntranceCheck {
    private volatile boolean begun;

    void begin() {
        begun = true;
    }

    @Override
    public Optional<OaktreeException> refusal(Metadata headers) {
        return begun ? Optional.of(shuttingDown()) : Optional.empty();
    }

    static OaktreeException shuttingDown() {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_SHUTTING_DOWN,
                        "this oaktree is shutting down; repeat the call in a moment")
                .build();
    }
}
