package org.openstack.oaktree.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_CREDENTIALS_REJECTED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_UNREACHABLE;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_RATE_LIMITED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_UNREADABLE_ANSWER;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.TraceContext;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.FakeServer.Script;
import org.openstack.oaktree.v1.ErrorReason;

class RestTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String OK = "{\"ok\": true}";

    private final List<String> observed = new CopyOnWriteArrayList<>();
    private Rest rest;
    private FakeServer server;

    @BeforeEach
    void begin() throws IOException {
        rest = rest(Rest.Settings.DEFAULT);
        server = FakeServer.answering(OK);
    }

    @AfterEach
    void end() throws Exception {
        // The connection of an exchange that is late is closed, and given back, by a thread of its alarm.
        Instant patience = Instant.now().plus(LONG);
        while (rest.leasedConnections() > 0 && Instant.now().isBefore(patience)) {
            Thread.sleep(1);
        }
        assertThat(rest.leasedConnections())
                .as("connections that were not given back")
                .isZero();
        rest.close();
        server.close();
    }

    private Rest rest(Rest.Settings settings) {
        return new Rest(
                settings,
                (cloud, region, service, method, operation, status, duration) -> observed.add(
                        cloud + "/" + region + " " + service + " " + method + " " + operation + " " + status),
                new Retries(Clock.systemUTC(), () -> 0.5, Duration.ofMillis(4)));
    }

    private Target target() {
        return target(server.url(), Authorization.NONE);
    }

    private static Target target(URI url, Authorization authorization) {
        return new Target("cloud", "north", "compute", url, authorization, "me");
    }

    private static Request get() {
        return Request.get("/servers").operation("ListServers").build();
    }

    private static Request post() {
        return Request.post("/servers")
                .body(Body.json("{}"))
                .operation("CreateServer")
                .build();
    }

    private static Boolean ok(Answer answer) throws IOException {
        return Json.read(answer.body()).at("ok").bool().orElseThrow(() -> new UnreadableAnswerException("is not ok"));
    }

    private boolean send(Duration timeout, Target target, Request request) {
        return Call.begin("test", timeout).run(() -> rest.send(target, request, RestTest::ok));
    }

    private OaktreeException failure(Duration timeout, Target target, Request request) {
        return assertThat(catchThrowable(() -> send(timeout, target, request)))
                .asInstanceOf(InstanceOfAssertFactories.type(OaktreeException.class))
                .actual();
    }

    private OaktreeException failure(Request request) {
        return failure(LONG, target(), request);
    }

    @Test
    void saysWhoAsksAndWhy() {
        Call call = new Call(
                "req-1",
                "m",
                Call.current().deadline(),
                false,
                new org.openstack.oaktree.call.Counters(),
                new TraceContext("00-aa-bb-01", "congo=t61"));
        Authorization token = fixed("secret-token");
        Request request = Request.get(Request.path("servers", "a/b ü"))
                .query("name", "x&y")
                .microversion("2.79")
                .operation("GetServer")
                .build();

        assertThat(call.<Boolean, RuntimeException>run(
                        () -> rest.send(target(server.url(), token), request, RestTest::ok)))
                .isTrue();

        FakeServer.Received received = server.received().getFirst();
        assertThat(received.target()).isEqualTo("/servers/a%2Fb%20%C3%BC?name=x%26y");
        assertThat(received.header("x-openstack-request-id")).isEqualTo("req-1");
        assertThat(received.header("x-auth-token")).isEqualTo("secret-token");
        assertThat(received.header("user-agent")).startsWith("oaktree/");
        assertThat(received.header("accept")).isEqualTo("application/json");
        assertThat(received.header("traceparent")).isEqualTo("00-aa-bb-01");
        assertThat(received.header("tracestate")).isEqualTo("congo=t61");
        assertThat(received.header("openstack-api-version")).isEqualTo("compute 2.79");
        assertThat(received.header("x-openstack-nova-api-version")).isEqualTo("2.79");
        assertThat(received.headers()).doesNotContainKeys("upgrade", "cookie", "accept-encoding");
        assertThat(call.counters().upstreamRequestsByOperation()).containsEntry("compute GetServer", 1L);
        assertThat(observed).containsExactly("cloud/north compute GET GetServer 200");
    }

    private static Authorization fixed(String token) {
        return new Authorization() {
            @Override
            public String token() {
                return token;
            }

            @Override
            public void rejected(String rejected) {}
        };
    }

    static Stream<Arguments> faults() {
        Script reset = (request, wire) -> wire.reset();
        Script close = (request, wire) -> wire.close();
        Script hang = (request, wire) -> wire.hang();
        Script noHttp = (request, wire) -> wire.raw("220 mail.example.org ESMTP\r\n\r\n".repeat(20));
        Script dripHead = (request, wire) -> wire.drip("HTTP/1.1 200 OK\r\n".substring(0, 1));
        Script dripBody = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"a\": \"");
            wire.drip("x");
        };
        Script dripChunks = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n");
            wire.drip("2\r\n,1\r\n");
        };
        Script dripRefusal = (request, wire) -> {
            wire.raw("HTTP/1.1 500 X\r\nContent-Length: 100000\r\n\r\n{\"a\": \"");
            wire.drip("x");
        };
        Script stopInBody = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"a\": \"");
            wire.hang();
        };
        Script shortBody = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\": tr");
            wire.close();
        };
        Script resetInBody = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\": tr");
            wire.reset();
        };
        Script shortChunks = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"ok\": tr\r\n");
            wire.close();
        };
        Script badChunks = (request, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"ok\": tr\r\n");
            wire.close();
        };
        Script shortJson = (request, wire) -> wire.answer(200, "{\"ok\": tr");
        Script page = (request, wire) -> wire.answer(200, "<html>Please log in to the guest network</html>");
        Script empty = (request, wire) -> wire.answer(200, "");
        Script other = (request, wire) -> wire.answer(200, "{\"other\": true}");
        int all = Retries.MAX_ATTEMPTS;
        return Stream.of(
                Arguments.of("reset", reset, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("close", close, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("not HTTP", noHttp, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("hang", hang, SHORT, ERROR_REASON_CLOUD_TOO_SLOW, 1),
                Arguments.of("slow head", dripHead, SHORT, ERROR_REASON_CLOUD_TOO_SLOW, 1),
                Arguments.of("slow body", dripBody, SHORT, ERROR_REASON_CLOUD_TOO_SLOW, 1),
                Arguments.of("slow chunks", dripChunks, SHORT, ERROR_REASON_CLOUD_TOO_SLOW, 1),
                Arguments.of("hang in body", stopInBody, SHORT, ERROR_REASON_CLOUD_TOO_SLOW, 1),
                Arguments.of("short body", shortBody, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("reset in body", resetInBody, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("short chunks", shortChunks, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("bad chunks", badChunks, LONG, ERROR_REASON_CLOUD_UNREACHABLE, all),
                Arguments.of("short JSON", shortJson, LONG, ERROR_REASON_UNREADABLE_ANSWER, all),
                Arguments.of("page", page, LONG, ERROR_REASON_UNREADABLE_ANSWER, all),
                Arguments.of("empty", empty, LONG, ERROR_REASON_UNREADABLE_ANSWER, all),
                Arguments.of("another document", other, LONG, ERROR_REASON_UNREADABLE_ANSWER, all),
                Arguments.of("slow refusal", dripRefusal, SHORT, ERROR_REASON_CLOUD_UNREACHABLE, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aReadThatBreaksIsRepeatedAndThenToldWithoutDoubt(
            String name, Script fault, Duration timeout, ErrorReason reason, int attempts) {
        server.script(fault);

        OaktreeException error = failure(timeout, target(), get());

        assertThat(error.reason()).isEqualTo(reason);
        assertThat(server.received()).hasSize(attempts);
        assertThat(observed).hasSize(attempts);
        assertThat(error.getMessage())
                .contains("compute service of cloud/north")
                .doesNotContain("<", "guest network");

        server.script((request, wire) -> wire.answer(200, OK));
        assertThat(send(LONG, target(), get())).isTrue();
    }

    private static Stream<Arguments> spoiledAnswers() {
        String head = "HTTP/1.1 202 Accepted\r\nX-OpenStack-Request-Id: req-42\r\n";
        Script other = (request, wire) -> wire.raw(head + "Content-Length: 13\r\n\r\n{\"other\": []}");
        Script noJson = (request, wire) -> wire.raw(head + "Content-Length: 6\r\n\r\n<html>");
        Script part = (request, wire) -> {
            wire.raw(head + "Content-Length: 100\r\n\r\n{\"ok\": tr");
            wire.close();
        };
        Script slow = (request, wire) -> {
            wire.raw(head + "Content-Length: 100\r\n\r\n{\"ok\": tr");
            wire.hang();
        };
        return Stream.of(
                Arguments.of("another document", other, LONG, ERROR_REASON_UNREADABLE_ANSWER),
                Arguments.of("no JSON", noJson, LONG, ERROR_REASON_UNREADABLE_ANSWER),
                Arguments.of("a part", part, LONG, ERROR_REASON_CLOUD_UNREACHABLE),
                Arguments.of("too slow", slow, SHORT, ERROR_REASON_CLOUD_TOO_SLOW));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiledAnswers")
    void anAnswerThatCannotBeReadIsReportedWithAllThatItSays(
            String name, Script fault, Duration timeout, ErrorReason reason) {
        server.script(fault);

        for (Request request : List.of(get(), post())) {
            observed.clear();
            OaktreeException error = failure(timeout, target(), request);
            assertThat(error.reason()).isEqualTo(request.reads() ? reason : ERROR_REASON_OUTCOME_UNKNOWN);
            assertThat(error.details())
                    .filteredOn(ErrorInfo.class::isInstance)
                    .singleElement(InstanceOfAssertFactories.type(ErrorInfo.class))
                    .satisfies(info -> assertThat(info.getMetadataMap())
                            .containsEntry("cloud", "cloud")
                            .containsEntry("region", "north")
                            .containsEntry("service", "compute")
                            .containsEntry("http_status", "202")
                            .containsEntry("openstack_request_id", "req-42"));
            assertThat(observed).isNotEmpty().allMatch(line -> line.endsWith(" 202"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aReadThatBreaksOnceIsNotNoticed(
            String name, Script fault, Duration timeout, ErrorReason reason, int attempts) {
        if (attempts == 1) {
            return;
        }
        server.script((request, wire) -> {
            if (request.number() == 1) {
                fault.answer(request, wire);
            } else {
                wire.answer(200, OK);
            }
        });

        assertThat(send(LONG, target(), get())).isTrue();
        assertThat(server.received()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aWriteThatBreaksIsSentOnceAndItsOutcomeIsUnknown(
            String name, Script fault, Duration timeout, ErrorReason reason, int attempts) {
        server.script(fault);

        OaktreeException error = failure(timeout, target(), post());

        assertThat(error.reason()).isEqualTo(ERROR_REASON_OUTCOME_UNKNOWN);
        assertThat(error.getMessage()).contains("request_id");
        assertThat(server.received()).hasSize(1);

        server.script((request, wire) -> wire.answer(200, OK));
        assertThat(send(LONG, target(), post())).isTrue();
    }

    @Test
    void whatNeverConnectedDidNothing() throws IOException {
        URI nobody = server.url();
        server.close();

        for (Request request : List.of(get(), post())) {
            OaktreeException error = failure(LONG, target(nobody, Authorization.NONE), request);
            assertThat(error.reason()).isEqualTo(ERROR_REASON_CLOUD_UNREACHABLE);
            assertThat(error).hasMessageContaining("Nothing was done");
        }
        assertThat(observed).hasSize(2 * Retries.MAX_ATTEMPTS);
    }

    @Test
    void aServerThatDoesNotAcceptHoldsNobodyBeyondTheDeadline() throws IOException {
        // With its queue full, Linux lets further connections hang instead of refusing them.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                Thread.startVirtualThread(() -> connect(socket, full));
            }
            URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
            OaktreeException error = failure(Duration.ofSeconds(1), target(url, Authorization.NONE), post());
            assertThat(error.reason())
                    .isIn(ERROR_REASON_CLOUD_TOO_SLOW, ERROR_REASON_OUTCOME_UNKNOWN, ERROR_REASON_CLOUD_UNREACHABLE);
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    private static void connect(Socket socket, ServerSocket server) {
        try {
            socket.connect(server.getLocalSocketAddress());
        } catch (IOException closed) {
            assertThat(socket.isClosed() || server.isClosed()).isTrue();
        }
    }

    @Test
    void theCloudsOwnTimeoutEndsARequestBeforeTheCallsDeadline() throws IOException {
        try (Rest impatient = rest(new Rest.Settings(
                Tls.DEFAULT, Optional.of(Duration.ofMillis(200)), (region, service) -> Rest.Limits.NONE))) {
            server.script((request, wire) -> wire.hang());
            Throwable error = catchThrowable(() -> Call.begin("test", Duration.ofMinutes(10))
                    .run(() -> impatient.send(target(), get(), RestTest::ok)));
            assertThat(((OaktreeException) error).reason()).isEqualTo(ERROR_REASON_CLOUD_TOO_SLOW);
        }
    }

    @Test
    void aCallWhoseDeadlineHasPassedSendsNothing() {
        assertThat(failure(Duration.ZERO, target(), post()).reason()).isEqualTo(ERROR_REASON_CLOUD_TOO_SLOW);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void interruptingTheThreadEndsTheExchangeAndFreesItsConnection() throws Exception {
        server.script((request, wire) -> wire.hang());
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> {
            Throwable thrown = catchThrowable(() -> send(LONG, target(), post()));
            end.complete(Thread.currentThread().isInterrupted() ? thrown : new AssertionError("not interrupted"));
        });
        server.awaitArrivals(1);

        caller.interrupt();

        assertThat(end.get()).isInstanceOf(CancellationException.class);
        caller.join();
        assertThat(rest.leasedConnections()).isZero();
        assertThat(server.received()).hasSize(1);
        server.script((request, wire) -> wire.answer(200, OK));
        assertThat(send(LONG, target(), post())).isTrue();
    }

    @Test
    void interruptingInAPauseEndsTheCall() throws Exception {
        server.script((request, wire) -> wire.answer(429, "", "Retry-After: 20"));
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller =
                Thread.startVirtualThread(() -> end.complete(catchThrowable(() -> send(LONG, target(), get()))));
        server.awaitArrivals(1);

        caller.interrupt();

        assertThat(end.get()).isInstanceOf(CancellationException.class);
    }

    /** Gives a new token after each rejection. */
    private static final class Renewing implements Authorization {
        final AtomicInteger number = new AtomicInteger(1);
        final List<String> rejected = new CopyOnWriteArrayList<>();

        @Override
        public String token() {
            return "token-" + number.get();
        }

        @Override
        public void rejected(String token) {
            rejected.add(token);
            number.incrementAndGet();
        }
    }

    @Test
    void anOldTokenIsRenewedOnceForReadsAndWrites() {
        for (Request request : List.of(get(), post())) {
            Renewing tokens = new Renewing();
            server.script((received, wire) -> {
                boolean good = received.header("x-auth-token").equals("token-2");
                wire.answer(good ? 200 : 401, good ? OK : "{}");
            });
            assertThat(send(LONG, target(server.url(), tokens), request)).isTrue();
            assertThat(tokens.rejected).containsExactly("token-1");
        }
        assertThat(server.received()).hasSize(4);
    }

    @Test
    void twoRejectedTokensAreRejectedCredentials() {
        server.script((received, wire) -> wire.answer(
                401,
                "{\"error\": {\"code\": 401, \"message\": \"The request with " + received.header("x-auth-token")
                        + " failed\"}}"));

        OaktreeException error = failure(LONG, target(server.url(), new Renewing()), get());

        assertThat(error.reason()).isEqualTo(ERROR_REASON_CLOUD_CREDENTIALS_REJECTED);
        assertThat(error.getMessage()).contains("***").doesNotContain("token-");
        assertThat(server.received()).hasSize(2);
    }

    static Stream<String> retryAfters() {
        return Stream.of(
                "Retry-After: 0",
                "Retry-After: 0.01",
                "Retry-After: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).minusSeconds(3)),
                "Retry-After: soon",
                "X-Nothing: 1");
    }

    @ParameterizedTest
    @MethodSource("retryAfters")
    void whatTheCloudDidNotDoForTooManyRequestsIsSentAgain(String header) {
        for (Request request : List.of(get(), post())) {
            AtomicInteger count = new AtomicInteger();
            server.script((received, wire) -> wire.answer(count.incrementAndGet() < 3 ? 429 : 200, OK, header));
            assertThat(send(LONG, target(), request)).isTrue();
            assertThat(count).hasValue(3);
        }
    }

    /** Who is told when to come back comes back more often than who has to guess. */
    @Test
    void aCloudThatSaysWhenToComeBackIsAskedMoreOften() {
        server.script((received, wire) -> wire.answer(429, "{}", "Retry-After: 0"));
        assertThat(failure(LONG, target(), post()).reason()).isEqualTo(ERROR_REASON_RATE_LIMITED);
        assertThat(server.received()).hasSize(Retries.MAX_ATTEMPTS_AS_TOLD);

        AtomicInteger count = new AtomicInteger();
        server.script((received, wire) ->
                wire.answer(count.incrementAndGet() < Retries.MAX_ATTEMPTS_AS_TOLD ? 429 : 200, OK, "Retry-After: 0"));
        assertThat(send(LONG, target(), post())).isTrue();

        int before = server.received().size();
        server.script((received, wire) -> wire.answer(429, "{}"));
        assertThat(failure(LONG, target(), post()).reason()).isEqualTo(ERROR_REASON_RATE_LIMITED);
        assertThat(server.received()).hasSize(before + Retries.MAX_ATTEMPTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 429, 503})
    void aWaitBeyondTheDeadlineIsToldAtOnceWithItsLength(int status) {
        for (Request request : List.of(get(), post())) {
            server.script((received, wire) -> wire.answer(status, "{}", "Retry-After: 3600"));
            // A service each: what is said of one is not asked of it again.
            Target service = target().at(request.reads() ? "compute" : "network", server.url(), Authorization.NONE);
            OaktreeException error = failure(LONG, service, request);
            assertThat(error.reason())
                    .isEqualTo(status == 503 ? ERROR_REASON_CLOUD_UNREACHABLE : ERROR_REASON_RATE_LIMITED);
            assertThat(error.details())
                    .filteredOn(RetryInfo.class::isInstance)
                    .singleElement(InstanceOfAssertFactories.type(RetryInfo.class))
                    .satisfies(retry ->
                            assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(3600));
        }
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void aDateToComeAgainIsUnderstood() {
        String inAnHour = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        server.script((received, wire) -> wire.answer(429, "", "Retry-After: " + inAnHour));

        OaktreeException error = failure(get());

        assertThat(error.details())
                .filteredOn(RetryInfo.class::isInstance)
                .singleElement(InstanceOfAssertFactories.type(RetryInfo.class))
                .satisfies(
                        retry -> assertThat(retry.getRetryDelay().getSeconds()).isBetween(3000L, 3600L));
    }

    @Test
    void novasOldWayToAskForPatienceIsUnderstood() {
        AtomicInteger count = new AtomicInteger();
        server.script((received, wire) -> {
            if (count.incrementAndGet() == 1) {
                wire.answer(
                        413,
                        "{\"overLimit\": {\"code\": 413, \"message\": \"This request was rate-limited.\", \"retryAfter\": \"0\"}}");
            } else {
                wire.answer(202, OK);
            }
        });

        assertThat(send(LONG, target(), post())).isTrue();
        assertThat(count).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void aTroubledServiceIsAskedAgainForReadsOnly(int status) {
        AtomicInteger count = new AtomicInteger();
        server.script((received, wire) -> wire.answer(count.incrementAndGet() < 3 ? status : 200, OK));
        assertThat(send(LONG, target(), get())).isTrue();
        assertThat(count).hasValue(3);

        server.script((received, wire) -> wire.answer(status, "<html><b>Bad</b> gateway</html>"));
        assertThat(failure(get()).reason())
                .isEqualTo(status == 408 ? ERROR_REASON_CLOUD_TOO_SLOW : ERROR_REASON_CLOUD_UNREACHABLE);
        count.set(0);
        server.script((received, wire) -> {
            count.incrementAndGet();
            wire.answer(status, "<html><b>Bad</b> gateway</html>");
        });
        OaktreeException error = failure(post());
        assertThat(error.reason()).isEqualTo(ERROR_REASON_OUTCOME_UNKNOWN);
        assertThat(error.httpStatus()).isEqualTo(status);
        assertThat(error.getMessage()).doesNotContain("gateway");
        assertThat(count).hasValue(1);
    }

    @Test
    void aRequestThatChangesNothingMayBeRepeatedWhateverItsMethod() {
        AtomicInteger count = new AtomicInteger();
        server.script((received, wire) -> {
            if (count.incrementAndGet() == 1) {
                wire.reset();
            } else {
                wire.answer(200, OK);
            }
        });
        Request login = Request.post("/auth").repeat(Repeat.ALWAYS).build();

        assertThat(send(LONG, target(), login)).isTrue();
    }

    @Test
    void whatWasPassedOnCannotBeReadAgain() {
        server.script((received, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\": tr");
            wire.reset();
        });
        Request download = Request.get("/file").repeat(Repeat.UNTIL_READ).build();

        assertThat(failure(download).reason()).isEqualTo(ERROR_REASON_CLOUD_UNREACHABLE);
        assertThat(server.received()).hasSize(1);
    }

    /** How long a stream takes is for who reads it, not for the time that the configuration gives an answer. */
    @Test
    void whatIsPassedOnMayTakeLongerThanAnAnswer() {
        server.script((received, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":");
            Thread.sleep(SHORT);
            wire.raw("true}");
        });
        try (Rest impatient = rest(new Rest.Settings(
                Tls.DEFAULT, Optional.of(Duration.ofMillis(100)), (region, service) -> Rest.Limits.NONE))) {
            Request download = Request.get("/file").repeat(Repeat.UNTIL_READ).build();
            boolean ok = Call.begin("test", LONG).run(() -> impatient.send(target(), download, RestTest::ok));
            assertThat(ok).isTrue();
        }
    }

    @Test
    void readsFollowRedirectsWithTheirTokenOnTheSameHostOnly() throws IOException {
        try (FakeServer other = FakeServer.answering(OK)) {
            for (int status : List.of(301, 302, 307, 308)) {
                server.script((received, wire) -> {
                    switch (received.path()) {
                        case "/servers" -> wire.answer(status, "", "Location: /here");
                        default -> wire.answer(status, "", "Location: " + other.url() + "/there?x=1");
                    }
                });
                assertThat(send(LONG, target(server.url(), fixed("secret")), get()))
                        .isTrue();
                assertThat(server.received().getLast().path()).isEqualTo("/here");
                assertThat(server.received().getLast().header("x-auth-token")).isEqualTo("secret");
                assertThat(other.received().getLast().target()).isEqualTo("/there?x=1");
                assertThat(other.received().getLast().headers()).doesNotContainKey("x-auth-token");
            }
        }
    }

    @Test
    void redirectsWithoutEndAndRedirectedWritesAreTheConfigurationsFault() {
        server.script((received, wire) -> wire.answer(302, "", "Location: /round"));
        assertThat(failure(get()).reason()).isEqualTo(ERROR_REASON_CLOUD_MISCONFIGURED);
        assertThat(server.received()).hasSizeBetween(5, 7);

        int before = server.received().size();
        OaktreeException error = failure(post());
        assertThat(error.reason()).isEqualTo(ERROR_REASON_CLOUD_MISCONFIGURED);
        assertThat(error).hasMessageContaining("Nothing was done").hasMessageContaining("compute_endpoint_override");
        assertThat(server.received()).hasSize(before + 1);
    }

    @Test
    void tellsWhereTheErrorCameFrom() {
        server.script((received, wire) -> wire.answer(
                404,
                "{\"itemNotFound\": {\"code\": 404, \"message\": \"Instance web could not be found.\"}}",
                "x-openstack-request-id: req-9"));

        OaktreeException error = failure(get());

        ErrorInfo info = (ErrorInfo) error.details().getFirst();
        assertThat(info.getMetadataMap())
                .containsEntry("cloud", "cloud")
                .containsEntry("region", "north")
                .containsEntry("service", "compute")
                .containsEntry("http_status", "404")
                .containsEntry("openstack_request_id", "req-9");
        assertThat(error).hasMessageContaining("Instance web could not be found.");
    }

    @Test
    void aConnectionIsUsedAgainAfterAnswersOfEveryKind() {
        server.script((received, wire) -> {
            switch (received.number() % 3) {
                case 0 -> wire.answer(404, "{}");
                case 1 -> wire.answer(200, OK + " ".repeat(20_000));
                default -> wire.answer(200, OK);
            }
        });
        for (int i = 0; i < 12; i++) {
            Throwable thrown = catchThrowable(() -> send(LONG, target(), get()));
            assertThat(thrown == null || thrown instanceof OaktreeException).isTrue();
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    /** The rest of a body may be gigabytes of an image that nobody wants any more. */
    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void theRestOfABodyIsNotRead(int status) throws Exception {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> left = new CompletableFuture<>();
        String block = "x".repeat(64 << 10);
        server.script((received, wire) -> {
            try {
                wire.raw("HTTP/1.1 " + status + " X\r\nContent-Length: " + (1L << 40) + "\r\n\r\n");
                while (true) {
                    wire.raw(block);
                    sent.addAndGet(block.length());
                }
            } finally {
                left.complete(null);
            }
        });
        Throwable thrown = catchThrowable(() -> Call.begin("test", LONG)
                .run(() -> rest.send(target(), post(), answer -> {
                    answer.body().readNBytes(1);
                    throw new CancellationException("Enough");
                })));

        assertThat(thrown).isInstanceOf(status == 200 ? CancellationException.class : OaktreeException.class);
        left.get();
        assertThat(sent.get()).isLessThan(32 << 20);
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileDoesNotCostAWrite() throws Exception {
        // The server closes after each answer without saying so, as servers do that are restarted.
        server.script((received, wire) -> {
            wire.answer(200, OK);
            wire.close();
        });
        assertThat(send(LONG, target(), post())).isTrue();
        // Connections are tried when they were not used for a second: let that time pass.
        Thread.sleep(Duration.ofMillis(1200));
        assertThat(send(LONG, target(), post())).isTrue();
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void neverAsksMoreAtOnceThanTheBudgetAllows() throws Exception {
        try (Rest narrow = rest(new Rest.Settings(
                Tls.DEFAULT,
                Optional.empty(),
                (region, service) -> new Rest.Limits(OptionalDouble.empty(), OptionalInt.of(3))))) {
            server.script((received, wire) -> {
                Thread.sleep(5);
                wire.answer(200, OK);
            });
            List<Thread> callers = new ArrayList<>();
            AtomicInteger answered = new AtomicInteger();
            for (int i = 0; i < 60; i++) {
                callers.add(Thread.startVirtualThread(() -> Call.begin("test", LONG)
                        .run(() -> {
                            narrow.send(target(), get(), RestTest::ok);
                            return answered.incrementAndGet();
                        })));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(answered).hasValue(60);
            assertThat(server.mostAtOnce()).isBetween(1, 3);
            assertThat(server.connections()).isBetween(1, 3);
        }
    }

    @Test
    void whoGetsNoPlaceBeforeHisDeadlineHearsThatTooMuchIsAsked() throws Exception {
        try (Rest narrow = rest(new Rest.Settings(
                Tls.DEFAULT,
                Optional.empty(),
                (region, service) -> new Rest.Limits(OptionalDouble.empty(), OptionalInt.of(1))))) {
            FakeServer.Gate gate = new FakeServer.Gate();
            server.script((received, wire) -> {
                gate.await();
                wire.answer(200, OK);
            });
            Thread first = Thread.startVirtualThread(
                    () -> Call.begin("test", LONG).run(() -> narrow.send(target(), get(), RestTest::ok)));
            server.awaitArrivals(1);

            Throwable error = catchThrowable(
                    () -> Call.begin("test", SHORT).run(() -> narrow.send(target(), post(), RestTest::ok)));

            assertThat(((OaktreeException) error).reason()).isEqualTo(ERROR_REASON_RATE_LIMITED);
            assertThat(server.received()).hasSize(1);
            gate.open();
            first.join();
        }
    }

    @Test
    void whatAServiceSaysToOneCallerCountsForAll() {
        server.script((received, wire) -> wire.answer(429, "{}", "Retry-After: 30"));
        assertThat(failure(SHORT, target(), get()).reason()).isEqualTo(ERROR_REASON_RATE_LIMITED);
        assertThat(server.received()).hasSize(1);

        assertThat(failure(SHORT, target(), post()).reason()).isEqualTo(ERROR_REASON_RATE_LIMITED);
        assertThat(server.received()).hasSize(1);
        Target other = target().at("network", server.url(), Authorization.NONE);
        assertThat(failure(SHORT, other, get()).reason()).isEqualTo(ERROR_REASON_RATE_LIMITED);
        assertThat(server.received()).as("another service is another matter").hasSize(2);
    }

    @Test
    void anUploadIsStreamedAndRepeatedOnlyWhenItsSourceCanBe() {
        byte[] content = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        for (boolean repeatable : List.of(true, false)) {
            Renewing tokens = new Renewing();
            AtomicInteger opened = new AtomicInteger();
            server.script((received, wire) -> {
                boolean good = received.header("x-auth-token").equals("token-2");
                wire.answer(good ? 200 : 401, good ? OK : "{}");
            });
            Request upload = Request.put("/file")
                    .body(Body.stream(
                            () -> {
                                opened.incrementAndGet();
                                return new ByteArrayInputStream(content);
                            },
                            -1,
                            "application/octet-stream",
                            repeatable))
                    .build();
            Throwable thrown = catchThrowable(() -> send(LONG, target(server.url(), tokens), upload));
            if (repeatable) {
                assertThat(thrown).isNull();
                assertThat(server.received().getLast().body()).hasSize(content.length);
                assertThat(opened).hasValue(2);
            } else {
                assertThat(((OaktreeException) thrown).reason()).isEqualTo(ERROR_REASON_CLOUD_CREDENTIALS_REJECTED);
                assertThat(opened).hasValue(1);
                assertThat(tokens.token()).isEqualTo("token-2");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\nb", "\u0000"})
    void aNameThatWouldLeadElsewhereIsNoPath(String segment) {
        assertThat(catchThrowable(() -> Request.path("servers", segment))).isInstanceOf(OaktreeException.class);
    }
}
