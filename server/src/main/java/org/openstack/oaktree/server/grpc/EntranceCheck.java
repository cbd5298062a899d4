package org.openstack.oaktree.server.grpc;

import io.grpc.Metadata;
import java.util.Optional;
import org.openstack.oaktree.error.OaktreeException;

/** One reason to refuse a call before anything of it is read. */
@FunctionalInterface
public interface EntranceCheck {
    /** Why a call with these headers is refused; empty when it may go on. Runs on the transport's thread: must not block. */
    Optional<OaktreeException> refusal(Metadata headers);
}
