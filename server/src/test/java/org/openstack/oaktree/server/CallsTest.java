package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.TraceContext;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.server.grpc.Deadlines;
import org.openstack.oaktree.v1.ErrorReason;

/** One call after the other, as a client sees them: answers, failures, deadlines, cancelling, streams. */
class CallsTest {
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-openstack-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final String REQUEST_ID_FORM =
            "req-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @TempDir
    private Path folder;

    private static RpcService unary(BiConsumer<Message, Consumer<? super Message>> get) {
        return Waits.service(get, (request, responses) -> {
            throw new AssertionError("not to be called");
        });
    }

    private static RpcService streaming(BiConsumer<Message, Consumer<? super Message>> watch) {
        return Waits.service(
                (request, responses) -> {
                    throw new AssertionError("not to be called");
                },
                watch);
    }

    private static Iterator<Message> watch(RunningServer server, Message request) throws Exception {
        return ClientCalls.blockingServerStreamingCall(
                server.client(), Waits.method(Waits.WATCH), RunningServer.patience(), request);
    }

    @Test
    void answersWithWhatTheMethodGives() throws Exception {
        try (RunningServer server = RunningServer.start(
                folder,
                unary((request, responses) ->
                        responses.accept(Waits.response(Waits.what(request).length()))))) {
            assertThat(Waits.number(server.get("seven"))).isEqualTo(5);
            assertThat(Waits.number(server.get(""))).isZero();
        }
    }

    @Test
    void runsEachCallOnAVirtualThreadOfItsOwnAsTheCallThatItIs() throws Exception {
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            calls.add(Call.current());
            threads.add(Thread.currentThread());
            responses.accept(Waits.response(1));
        }))) {
            Instant before = Instant.now();
            server.get("a");
            server.get("b");

            Call first = calls.take();
            assertThat(first.method()).isEqualTo("test.Waits/Get");
            assertThat(first.id())
                    .matches(REQUEST_ID_FORM)
                    .isNotEqualTo(calls.take().id());
            assertThat(first.deadline()).isBetween(before.plusSeconds(30), before.plusSeconds(61));
            assertThat(first.background()).isFalse();
            assertThat(threads).hasSize(2).doesNotHaveDuplicates().allMatch(Thread::isVirtual);
        }
    }

    @Test
    void namesTheRequestInTheAnswer() throws Exception {
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            calls.add(Call.current());
            responses.accept(Waits.response(1));
        }))) {
            assertThat(requestIdOfAnswer(server, ""))
                    .matches(REQUEST_ID_FORM)
                    .isEqualTo(calls.take().id());

            String own = "req-01234567-89ab-cdef-0123-456789abcdef";
            assertThat(requestIdOfAnswer(server, own)).isEqualTo(own);
            assertThat(calls.take().id()).isEqualTo(own);

            assertThat(requestIdOfAnswer(server, "req-1 and words for your log"))
                    .matches(REQUEST_ID_FORM);
        }
    }

    private static String requestIdOfAnswer(RunningServer server, String asked) throws Exception {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        Metadata sent = new Metadata();
        if (!asked.isEmpty()) {
            sent.put(REQUEST_ID, asked);
        }
        ClientCalls.blockingUnaryCall(
                io.grpc.ClientInterceptors.intercept(
                        server.client(),
                        MetadataUtils.newAttachHeadersInterceptor(sent),
                        MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>())),
                Waits.method(Waits.GET),
                RunningServer.patience(),
                Waits.request("x"));
        return String.valueOf(Objects.requireNonNull(headers.get()).get(REQUEST_ID));
    }

    @Test
    void passesTheTraceContextOn() throws Exception {
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            calls.add(Call.current());
            responses.accept(Waits.response(1));
        }))) {
            String context = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), context);
            headers.put(Metadata.Key.of("tracestate", Metadata.ASCII_STRING_MARSHALLER), "congo=t61rcWkgMzE");
            headers.put(Metadata.Key.of("tracestate", Metadata.ASCII_STRING_MARSHALLER), "rojo=00f067aa0ba902b7");
            ClientCalls.blockingUnaryCall(
                    io.grpc.ClientInterceptors.intercept(
                            server.client(), MetadataUtils.newAttachHeadersInterceptor(headers)),
                    Waits.method(Waits.GET),
                    RunningServer.patience(),
                    Waits.request("x"));
            assertThat(calls.take().trace())
                    .isEqualTo(new TraceContext(context, "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7"));
        }
    }

    @Test
    void saysWhyACallFailed() throws Exception {
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            throw OaktreeException.of(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "There is no server 'ä€😀'.")
                    .place("vexx", "ca")
                    .resource("oaktree.compute.v1.Server", "ä€😀")
                    .build();
        }))) {
            Failure failure = Failure.of(() -> server.get("x"));
            assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(failure.message()).isEqualTo("There is no server 'ä€😀'.");
            assertThat(failure.reason()).isEqualTo("oaktree/RESOURCE_NOT_FOUND");
            assertThat(failure.status().getDetailsCount()).isEqualTo(2);
            assertThat(failure.trailers().get(REQUEST_ID)).matches(REQUEST_ID_FORM);
        }
    }

    @Test
    void theLongestErrorStillArrives() throws Exception {
        String long_ = "€".repeat(100_000);
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            OaktreeException.Builder error = OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, long_);
            for (int i = 0; i < 100; i++) {
                error.field(long_, long_).precondition(long_, long_, long_).quota(long_, long_);
            }
            throw error.resource(long_, long_).place(long_, long_).build();
        }))) {
            Failure failure = Failure.of(() -> server.get("x"));
            assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(failure.reason()).isEqualTo("oaktree/INVALID_FIELD");
        }
    }

    @Test
    void keepsTheInsidesOfADefectToItself() throws Exception {
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            throw new IllegalStateException("password=hunter2");
        }))) {
            Failure failure = Failure.of(() -> server.get("x"));
            assertThat(failure.code()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.reason()).isEqualTo("oaktree/OAKTREE_FAILED");
            assertThat(failure.message())
                    .contains(String.valueOf(failure.trailers().get(REQUEST_ID)));
            assertThat(failure.status().toString()).doesNotContain("hunter2", "IllegalState", "at org.");
        }
    }

    @Test
    void aMethodThatAnswersNotOnceIsADefect() throws Exception {
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            for (int i = 0; i < Integer.parseInt(Waits.what(request)); i++) {
                responses.accept(Waits.response(i));
            }
        }))) {
            assertThat(Failure.of(() -> server.get("0")).reason()).isEqualTo("oaktree/OAKTREE_FAILED");
            assertThat(Failure.of(() -> server.get("2")).reason()).isEqualTo("oaktree/OAKTREE_FAILED");
            assertThat(Waits.number(server.get("1"))).isZero();
        }
    }

    @Test
    void bytesThatAreNoRequestAreTheClientsMistake() throws Exception {
        try (RunningServer server =
                RunningServer.start(folder, unary((request, responses) -> responses.accept(Waits.response(1))))) {
            for (byte[] bytes : List.of(
                    new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
                    // Field 2, a text of one byte that is not UTF-8.
                    new byte[] {0x12, 0x01, (byte) 0xFF},
                    // A length beyond the end.
                    new byte[] {0x12, 0x7F, 0x41})) {
                Failure failure = Failure.of(() ->
                        ClientCalls.blockingUnaryCall(server.client(), rawGet(), RunningServer.patience(), bytes));
                assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(failure.reason()).isEqualTo("oaktree/INVALID_FIELD");
            }
        }
    }

    private static io.grpc.MethodDescriptor<byte[], byte[]> rawGet() {
        io.grpc.MethodDescriptor.Marshaller<byte[]> bytes = new io.grpc.MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        return io.grpc.MethodDescriptor.newBuilder(bytes, bytes)
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("test.Waits/Get")
                .build();
    }

    @Test
    void aMessageTooLargeIsRefused() throws Exception {
        try (RunningServer server =
                RunningServer.start(folder, unary((request, responses) -> responses.accept(Waits.response(1))))) {
            assertThat(Failure.of(() -> server.get("x".repeat((16 << 20) + 1))).code())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(Waits.number(server.get("x".repeat((16 << 20) - 64)))).isEqualTo(1);
        }
    }

    @Test
    void aCallWithoutDeadlineEndsWithTheServers() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (RunningServer server = RunningServer.start(
                folder,
                options -> options.withDeadlines(new Deadlines(Duration.ofMillis(50), Duration.ofMillis(50))),
                unary((request, responses) -> blockUntilInterrupted(interrupted)))) {
            Failure failure = Failure.of(() -> ClientCalls.blockingUnaryCall(
                    server.client(), Waits.method(Waits.GET), CallOptions.DEFAULT, Waits.request("x")));
            assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(failure.reason()).isEqualTo("oaktree/CLOUD_TOO_SLOW");
            interrupted.await();
        }
    }

    @Test
    void aCallThatSaysHowLongItWaitsGetsThatTime() throws Exception {
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            calls.add(Call.current());
            responses.accept(Waits.response(1));
        }))) {
            for (Duration timeout :
                    List.of(Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(Long.MAX_VALUE))) {
                Instant before = Instant.now();
                ClientCalls.blockingUnaryCall(
                        server.client(), Waits.method(Waits.GET), CallOptions.DEFAULT, Waits.waitingRequest(timeout));
                Duration given = Duration.between(before, calls.take().deadline());
                if (timeout.equals(Duration.ofSeconds(1))) {
                    assertThat(given).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
                } else if (timeout.equals(Duration.ofMinutes(10))) {
                    assertThat(given).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
                } else {
                    assertThat(given)
                            .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(1));
                }
            }
        }
    }

    @Test
    void aClientsDeadlineInterruptsTheCall() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            began.countDown();
            blockUntilInterrupted(interrupted);
        }))) {
            // On a busy machine a short time may be over before the request has left the client.
            for (int millis = 50; began.getCount() > 0; millis *= 2) {
                CallOptions options = CallOptions.DEFAULT.withDeadline(Deadline.after(millis, TimeUnit.MILLISECONDS));
                StatusRuntimeException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(
                                server.client(), Waits.method(Waits.GET), options, Waits.request("x")));
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            }
            interrupted.await();
        }
    }

    @Test
    void aClientThatGoesAwayInterruptsTheCall() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (RunningServer server = RunningServer.start(folder, unary((request, responses) -> {
            began.countDown();
            blockUntilInterrupted(interrupted);
        }))) {
            var future = ClientCalls.futureUnaryCall(
                    server.client().newCall(Waits.method(Waits.GET), RunningServer.patience()), Waits.request("x"));
            began.await();
            assertThat(future.cancel(true)).isTrue();
            interrupted.await();
        }
    }

    private static void blockUntilInterrupted(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    @Test
    void streamsInOrder() throws Exception {
        try (RunningServer server = RunningServer.start(
                folder,
                streaming((request, responses) ->
                        IntStream.range(0, 1000).mapToObj(Waits::response).forEach(responses)))) {
            Iterator<Message> answers = watch(server, Waits.request("x"));
            for (int i = 0; i < 1000; i++) {
                assertThat(Waits.number(answers.next())).isEqualTo(i);
            }
            assertThat(answers.hasNext()).isFalse();
        }
    }

    @Test
    void anEmptyStreamIsNoError() throws Exception {
        try (RunningServer server = RunningServer.start(folder, streaming((request, responses) -> {}))) {
            assertThat(watch(server, Waits.request("x")).hasNext()).isFalse();
        }
    }

    @Test
    void aStreamThatFailsHasSentWhatCameBefore() throws Exception {
        try (RunningServer server = RunningServer.start(folder, streaming((request, responses) -> {
            responses.accept(Waits.response(1));
            throw OaktreeException.of(ErrorReason.ERROR_REASON_WAIT_TIMED_OUT, "still BUILD")
                    .build();
        }))) {
            Iterator<Message> answers = watch(server, Waits.request("x"));
            assertThat(Waits.number(answers.next())).isEqualTo(1);
            assertThat(Failure.of(answers::hasNext).reason()).isEqualTo("oaktree/WAIT_TIMED_OUT");
        }
    }

    @Test
    void aStreamWaitsForItsReaderAndEndsWithIt() throws Exception {
        int chunk = 1 << 20;
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        try (RunningServer server = RunningServer.start(folder, streaming((request, responses) -> {
            try {
                while (true) {
                    responses.accept(Waits.response(sent.incrementAndGet(), chunk));
                }
            } catch (CancellationException e) {
                ended.countDown();
                throw e;
            }
        }))) {
            BlockingQueue<Message> received = new LinkedBlockingQueue<>();
            ClientCall<Message, Message> call =
                    server.client().newCall(Waits.method(Waits.WATCH), RunningServer.patience());
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onMessage(Message message) {
                            received.add(message);
                        }
                    },
                    new Metadata());
            call.sendMessage(Waits.request("x"));
            call.halfClose();
            // The reader takes five and asks for no more: what is under way beyond them is a window or two, not the
            // endless rest.
            call.request(5);
            for (int i = 1; i <= 5; i++) {
                assertThat(Waits.number(received.take())).isEqualTo(i);
            }
            call.request(5);
            for (int i = 6; i <= 10; i++) {
                assertThat(Waits.number(received.take())).isEqualTo(i);
            }
            assertThat(sent.get()).isLessThan(10 + 16);
            call.cancel("enough", null);
            ended.await();
        }
    }
}
