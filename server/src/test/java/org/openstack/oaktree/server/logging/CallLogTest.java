package org.openstack.oaktree.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.TraceContext;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;
import org.slf4j.LoggerFactory;

class CallLogTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger logger = context.getLogger("oaktree.call");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final JsonLines lines = new JsonLines();
    private final Call call = Call.begin("oaktree.compute.v1.Servers/ListServers", Duration.ofSeconds(10));

    @BeforeEach
    void listen() {
        events.start();
        lines.setContext(context);
        lines.start();
        logger.addAppender(events);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(events);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private List<Map<String, Object>> written() {
        return events.list.stream()
                .map(event -> new String(lines.encode(event), StandardCharsets.UTF_8))
                .map(CallLogTest::json)
                .toList();
    }

    private static Map<String, Object> json(String line) {
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        Struct.Builder members = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(line, members);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(line, e);
        }
        return members.getFieldsMap().entrySet().stream()
                .filter(member -> !member.getValue().hasNullValue())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        member -> member.getValue().hasNumberValue()
                                ? (Object) member.getValue().getNumberValue()
                                : member.getValue().hasStringValue()
                                        ? member.getValue().getStringValue()
                                        : member.getValue()));
    }

    @Test
    void aCallThatReachedACloudIsOneLine() {
        call.counters().upstream("compute", "ListServers");
        call.counters().upstream("network", "ListPorts");
        new CallLog().finished(call, Status.Code.OK, Duration.ofNanos(12_345_678), Optional.empty());
        assertThat(written())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("level", "INFO")
                        .containsEntry("loggerName", "oaktree.call")
                        .containsEntry("x-openstack-request-id", call.id())
                        .containsEntry("method", "oaktree.compute.v1.Servers/ListServers")
                        .containsEntry("code", "OK")
                        .containsEntry("duration_ms", 12.346)
                        .containsEntry("upstream_calls", 2.0)
                        .containsKey("timestamp"));
    }

    @Test
    void aCallOfATraceSaysWhich() {
        Call traced = new Call(
                call.id(),
                call.method(),
                call.deadline(),
                false,
                call.counters(),
                new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", ""));
        call.counters().upstream("compute", "ListServers");
        new CallLog().finished(traced, Status.Code.OK, Duration.ofMillis(1), Optional.empty());
        assertThat(written())
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    @Test
    void aCallFromMemoryIsForDebugging() {
        new CallLog().finished(call, Status.Code.OK, Duration.ofMillis(1), Optional.empty());
        assertThat(written()).isEmpty();
        logger.setLevel(Level.DEBUG);
        new CallLog().finished(call, Status.Code.OK, Duration.ofMillis(1), Optional.empty());
        assertThat(written()).hasSize(1);
    }

    @Test
    void aFailureSaysWhereAndWhyButNotItsMessage() {
        OaktreeException failure = OaktreeException.of(
                        ErrorReason.ERROR_REASON_FORBIDDEN_BY_POLICY, "you, hunter2, may not do this\nline two")
                .place("vexx\n\"{", "ca")
                .service("compute")
                .httpStatus(403)
                .openstackRequestId("req-cloud")
                .build();
        new CallLog().finished(call, Status.Code.PERMISSION_DENIED, Duration.ofMillis(1), Optional.of(failure));
        new CallLog().refused("oaktree.compute.v1.Servers/ListServers", failure);
        assertThat(written())
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line)
                        .containsEntry("level", "INFO")
                        .containsEntry("code", "PERMISSION_DENIED")
                        .containsEntry("reason", "FORBIDDEN_BY_POLICY")
                        .containsEntry("cloud", "vexx\n\"{")
                        .containsEntry("http_status", "403")
                        .containsEntry("openstack_request_id", "req-cloud")
                        .doesNotContainKey("throwable"));
        assertThat(written().toString()).doesNotContain("hunter2");
    }

    @Test
    void aDefectComesWithItsStackTrace() {
        OaktreeException failure = OaktreeException.of(ErrorReason.ERROR_REASON_OAKTREE_FAILED, "failed")
                .cause(new IllegalStateException("here"))
                .build();
        new CallLog().finished(call, Status.Code.INTERNAL, Duration.ofMillis(1), Optional.of(failure));
        assertThat(written()).singleElement().satisfies(line -> {
            assertThat(line).containsEntry("level", "ERROR").containsKey("throwable");
            assertThat(line.toString()).contains("IllegalStateException", "aDefectComesWithItsStackTrace");
        });
    }

    @Test
    void linesWithinACallCarryItsId() {
        call.run(() -> {
            logger.info("something happened");
            // Encoded on the thread that logs, as the console does.
            assertThat(json(new String(lines.encode(events.list.getFirst()), StandardCharsets.UTF_8)))
                    .containsEntry("x-openstack-request-id", call.id());
            return true;
        });
        assertThat(written().getFirst()).doesNotContainKey("x-openstack-request-id");
    }
}
