package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.grpc.GrpcLimits;
import org.openstack.oaktree.v1.ErrorReason;

/** Metrics and probes, and what gets into them. */
class HttpSideTest {
    private static final RpcService SERVICE = Waits.service(
            (request, responses) -> {
                if (Waits.what(request).isEmpty()) {
                    throw OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "say what")
                            .build();
                }
                responses.accept(Waits.response(1));
            },
            (request, responses) -> responses.accept(Waits.response(1)));

    @TempDir
    private Path folder;

    private static HttpResponse<String> ask(RunningServer server, String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://" + server.server().httpAddress() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void countsAndTimesCalls() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            server.get("one");
            server.get("two");
            Failure.of(() -> server.get(""));
            Failure.of(() -> ClientCalls.blockingUnaryCall(
                    server.stranger(), Waits.method(Waits.GET), RunningServer.patience(), Waits.request("secret")));

            HttpResponse<String> metrics = ask(server, "GET", "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
            String of = "{grpc_code=\"%s\",grpc_method=\"Get\",grpc_service=\"test.Waits\"} %s\n";
            assertThat(metrics.body())
                    .contains(
                            "grpc_server_handled_total" + of.formatted("OK", "2.0"),
                            "grpc_server_handled_total" + of.formatted("INVALID_ARGUMENT", "1.0"),
                            "grpc_server_handled_total" + of.formatted("UNAUTHENTICATED", "1.0"),
                            "grpc_server_handling_seconds_count{grpc_method=\"Get\",grpc_service=\"test.Waits\"} 3\n",
                            "oaktree_calls_in_flight 0.0\n",
                            "oaktree_connections 1.0\n",
                            "jvm_memory_used_bytes")
                    .doesNotContain("secret", "req-", server.token());
        }
    }

    @Test
    void whatStrangersInventDoesNotBecomeALabel() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            var unknown = Waits.method(Waits.GET).toBuilder()
                    .setFullMethodName("any.Thing/Goes")
                    .build();
            assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                            server.client(), unknown, RunningServer.patience(), Waits.request("x")))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
            assertThat(ask(server, "GET", "/metrics").body()).doesNotContain("any.Thing", "Goes");
        }
    }

    @Test
    void probes() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            assertThat(ask(server, "GET", "/healthz").statusCode()).isEqualTo(200);
            assertThat(ask(server, "GET", "/readyz").body()).isEqualTo("ready\n");
            assertThat(ask(server, "HEAD", "/readyz").statusCode()).isEqualTo(200);
            assertThat(ask(server, "POST", "/readyz").statusCode()).isEqualTo(405);
            assertThat(ask(server, "GET", "/").statusCode()).isEqualTo(404);
            assertThat(ask(server, "GET", "/../token").statusCode()).isBetween(400, 404);
            assertThat(ask(server, "GET", "/").headers().firstValue("server")).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAndNothingStaysOpen() throws Exception {
        try (RunningServer first = RunningServer.start(folder, SERVICE)) {
            assertThatThrownBy(() -> RunningServer.start(
                            folder,
                            options -> new ServerOptions(
                                    options.listen(), first.server().httpAddress(), Optional.empty()),
                            SERVICE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(first.server().httpAddress().toString());
            ListenAddress taken = first.server().address();
            assertThatThrownBy(() -> RunningServer.start(
                            folder,
                            options -> new ServerOptions(taken, options.httpListen(), Optional.empty()),
                            SERVICE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(taken.toString());
        }
    }

    @Test
    void connectionsAreLimited() throws Exception {
        GrpcLimits two = new GrpcLimits(1 << 20, 8192, 2, 10, Duration.ofMinutes(1));
        try (RunningServer server = RunningServer.start(folder, options -> options.withLimits(two), SERVICE)) {
            server.get("first");
            ManagedChannel second = server.newChannel();
            ManagedChannel third = server.newChannel();
            try {
                var get = Waits.method(Waits.GET);
                ClientCalls.blockingUnaryCall(
                        server.withToken(second), get, RunningServer.patience(), Waits.request("x"));
                assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                                server.withToken(third), get, RunningServer.patience(), Waits.request("x")))
                        .isInstanceOfSatisfying(
                                StatusRuntimeException.class,
                                failure -> assertThat(failure.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
                server.get("the first still works");

                second.shutdownNow();
                while (ask(server, "GET", "/metrics").body().contains("oaktree_connections 2.0")) {
                    Thread.onSpinWait();
                }
                third.resetConnectBackoff();
                ClientCalls.blockingUnaryCall(
                        server.withToken(third), get, RunningServer.patience().withWaitForReady(), Waits.request("x"));
            } finally {
                second.shutdownNow();
                third.shutdownNow();
            }
        }
    }
}
