package org.openstack.oaktree.server.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.util.List;
import org.openstack.oaktree.call.Call;
import org.slf4j.event.KeyValuePair;

/**
 * Writes log events as JSON, one line each, with their key-value pairs as members, and with the request ID of the call in which they
 * happened.
 */
final class JsonLines extends JsonEncoder {
    JsonLines() {
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithThreadName(false);
        setWithContext(false);
        setWithMarkers(false);
        setWithMDC(false);
        setWithArguments(false);
        setWithMessage(false);
        setWithFormattedMessage(true);
    }

    @Override
    protected void appendKeyValuePairs(StringBuilder line, ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        boolean named = false;
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                named |= pair.key.equals(CallLog.REQUEST_ID);
                appendValueSeparator(line, true);
                if (pair.value instanceof Long || pair.value instanceof Integer || pair.value instanceof Double) {
                    line.append('"').append(pair.key).append("\":").append(pair.value);
                } else {
                    appenderMember(line, pair.key, JsonEscapeUtil.jsonEscapeString(String.valueOf(pair.value)));
                }
            }
        }
        if (!named) {
            Call call = Call.current();
            if (!call.method().isEmpty()) {
                appendValueSeparator(line, true);
                appenderMember(line, CallLog.REQUEST_ID, call.id());
            }
            if (!call.trace().traceId().isEmpty()) {
                appendValueSeparator(line, true);
                appenderMember(line, CallLog.TRACE_ID, call.trace().traceId());
            }
        }
    }
}
