package org.openstack.oaktree.server.logging;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.error.Reasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line per call: what it was, how it ended, how long it took, what it cost the cloud. Nothing of what it asked or was answered.
 *
 * <p>Calls that cost the cloud something or failed are worth a line always; what came from memory is for level DEBUG.
 */
public final class CallLog {
    /** Field with the global request ID, under the name that OpenStack's own logs and headers have for it. */
    static final String REQUEST_ID = "x-openstack-request-id";

    /** Field with the ID of the trace that the call belongs to. */
    static final String TRACE_ID = "trace_id";

    private static final Logger LOG = LoggerFactory.getLogger("oaktree.call");

    /** A call was refused before it began. */
    public void refused(String method, OaktreeException why) {
        LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("code", why.code().name())
                .addKeyValue("reason", Reasons.text(why.reason()))
                .log("refused");
    }

    /** A call ended. */
    public void finished(Call call, Status.Code code, Duration took, Optional<OaktreeException> failure) {
        Level level = level(code);
        long upstream =
                level == Level.INFO || LOG.isDebugEnabled() ? call.counters().upstreamRequests() : 0;
        if (code == Status.Code.OK && upstream == 0) {
            level = Level.DEBUG;
        }
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(level)
                .addKeyValue(REQUEST_ID, call.id())
                .addKeyValue("method", call.method())
                .addKeyValue("code", code.name())
                .addKeyValue("duration_ms", Math.round(took.toNanos() / 1e3) / 1e3)
                .addKeyValue("upstream_calls", upstream);
        String trace = call.trace().traceId();
        LoggingEventBuilder traced = trace.isEmpty() ? line : line.addKeyValue(TRACE_ID, trace);
        failure.map(why -> failed(traced, why)).orElse(traced).log("answered");
    }

    private static Level level(Status.Code code) {
        return switch (code) {
            case INTERNAL, UNKNOWN, DATA_LOSS -> Level.ERROR;
            default -> Level.INFO;
        };
    }

    private static LoggingEventBuilder failed(LoggingEventBuilder answered, OaktreeException failure) {
        LoggingEventBuilder line = answered.addKeyValue("reason", Reasons.text(failure.reason()));
        for (Message detail : failure.details()) {
            if (detail instanceof ErrorInfo info) {
                for (Map.Entry<String, String> fact : info.getMetadataMap().entrySet()) {
                    line = line.addKeyValue(fact.getKey(), fact.getValue());
                }
            }
        }
        return failure.code() == Code.INTERNAL ? line.setCause(failure) : line;
    }
}
