package org.openstack.oaktree.server.grpc;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;

/** Is told of every call's end, for metrics and logs. Called on the call's own thread: must be quick and must not throw. */
public interface CallReports {
    /**
     * A call was refused before it began.
     *
     * @param method full name, such as {@code oaktree.compute.v1.Servers/ListServers}
     */
    void refused(String method, OaktreeException why);

    /**
     * A call ended.
     *
     * @param code what it was closed with; CANCELLED or DEADLINE_EXCEEDED when the client had gone
     * @param took from the whole request's arrival to the answer's handing over
     * @param failure what went wrong; empty when nothing did, and when the client had gone
     */
    void finished(Call call, Status.Code code, Duration took, Optional<OaktreeException> failure);
}
