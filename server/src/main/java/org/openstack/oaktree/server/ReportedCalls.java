package org.openstack.oaktree.server;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.server.grpc.CallReports;
import org.openstack.oaktree.server.logging.CallLog;
import org.openstack.oaktree.server.metrics.CallMetrics;

/** Brings every call's end into metrics and log. */
record ReportedCalls(CallMetrics metrics, CallLog log) implements CallReports {
    @Override
    public void refused(String method, OaktreeException why) {
        metrics.refused(method, Status.fromCodeValue(why.code().getNumber()).getCode());
        log.refused(method, why);
    }

    @Override
    public void finished(Call call, Status.Code code, Duration took, Optional<OaktreeException> failure) {
        metrics.finished(call.method(), code, took);
        log.finished(call, code, took, failure);
    }
}
