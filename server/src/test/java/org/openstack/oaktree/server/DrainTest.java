package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** What clients see of a server that is told to end. */
class DrainTest {
    @TempDir
    private Path folder;

    /** A call that tells when it began, and then waits until it may end. */
    private static final class Slow {
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        RpcService service() {
            return Waits.service(
                    (request, responses) -> {
                        if (Waits.what(request).equals("slow")) {
                            began.countDown();
                            await();
                        }
                        responses.accept(Waits.response(1));
                    },
                    (request, responses) -> responses.accept(Waits.response(1)));
        }

        private void await() {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
    }

    private static ListenableFuture<Message> call(Channel channel, String what) {
        return ClientCalls.futureUnaryCall(
                channel.newCall(Waits.method(Waits.GET), RunningServer.patience()), Waits.request(what));
    }

    private static Failure failure(ListenableFuture<Message> call) throws InterruptedException {
        try {
            throw new AssertionError("answered: " + call.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException failure) {
                return Failure.of(failure);
            }
            throw new AssertionError(e);
        }
    }

    private static int readiness(RunningServer server) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://" + server.server().httpAddress() + "/readyz"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }

    @Test
    void answersTheCallsInFlightAndRefusesNewOnes() throws Exception {
        Slow slow = new Slow();
        try (RunningServer server = RunningServer.start(folder, slow.service())) {
            ManagedChannel later = server.newChannel();
            try {
                ListenableFuture<Message> inFlight = call(server.client(), "slow");
                slow.began.await();
                assertThat(readiness(server)).isEqualTo(200);

                Thread end = Thread.ofVirtual().start(() -> server.server().drain());
                HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(server.stranger());
                while (health.check(HealthCheckRequest.getDefaultInstance()).getStatus() == ServingStatus.SERVING) {
                    Thread.onSpinWait();
                }
                assertThat(readiness(server)).isEqualTo(503);
                for (Channel channel : new Channel[] {server.client(), server.withToken(later)}) {
                    Failure refused = failure(call(channel, "quick"));
                    assertThat(refused.code()).isEqualTo(Status.Code.UNAVAILABLE);
                    assertThat(refused.reason()).isEqualTo("oaktree/SHUTTING_DOWN");
                }
                assertThat(inFlight.isDone()).isFalse();

                slow.mayEnd.countDown();
                assertThat(Waits.number(inFlight.get())).isEqualTo(1);
                end.join();
                server.server().awaitEnd();
            } finally {
                later.shutdownNow();
            }
        }
    }

    @Test
    void cutsCallsThatTakeTooLong() throws Exception {
        Slow slow = new Slow();
        try (RunningServer server =
                RunningServer.start(folder, options -> options.withDrain(Duration.ofMillis(50)), slow.service())) {
            ListenableFuture<Message> inFlight = call(server.client(), "slow");
            slow.began.await();
            server.server().drain();
            assertThat(failure(inFlight).reason()).isEqualTo("oaktree/SHUTTING_DOWN");
            slow.interrupted.await();
        }
    }

    @Test
    void whatACutCallSaysItselfIsTheAnswer() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        RpcService service = Waits.service(
                (request, responses) -> {
                    began.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw OaktreeException.of(ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN, "the POST was sent")
                                .build();
                    }
                },
                (request, responses) -> responses.accept(Waits.response(1)));
        try (RunningServer server =
                RunningServer.start(folder, options -> options.withDrain(Duration.ofMillis(50)), service)) {
            ListenableFuture<Message> inFlight = call(server.client(), "x");
            began.await();
            server.server().drain();
            assertThat(failure(inFlight).reason()).isEqualTo("oaktree/OUTCOME_UNKNOWN");
        }
    }

    @Test
    void endsAtOnceWhenNothingIsInFlight() throws Exception {
        try (RunningServer server = RunningServer.start(folder, new Slow().service())) {
            assertThat(Waits.number(server.get("quick"))).isEqualTo(1);
            server.server().drain();
            server.server().awaitEnd();
            assertThatThrownBy(() -> server.get("quick"))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            gone -> assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        }
    }
}
