package org.openstack.oaktree.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.error.OaktreeException;

/** Lets a call in, or refuses it before anything of it is read. */
final class Entrance implements ServerInterceptor {
    private final List<EntranceCheck> checks;
    private final CallReports reports;

    Entrance(List<EntranceCheck> checks, CallReports reports) {
        this.checks = List.copyOf(checks);
        this.reports = reports;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        for (EntranceCheck check : checks) {
            Optional<OaktreeException> refusal = check.refusal(headers);
            if (refusal.isPresent()) {
                Failures.close(call, refusal.get(), new Metadata());
                reports.refused(call.getMethodDescriptor().getFullMethodName(), refusal.get());
                return new ServerCall.Listener<>() {};
            }
        }
        return next.startCall(call, headers);
    }
}
