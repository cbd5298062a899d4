package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.compute.v1.FlavorsOuterClass;

/** Who gets in, and what a stranger can see. */
class AccessTest {
    private static final RpcService SERVICE = Waits.service(AccessTest::one, AccessTest::one);

    @TempDir
    private Path folder;

    private static void one(Message request, Consumer<? super Message> responses) {
        responses.accept(Waits.response(1));
    }

    private static Message get(Channel channel) {
        return ClientCalls.blockingUnaryCall(
                channel, Waits.method(Waits.GET), RunningServer.patience(), Waits.request("x"));
    }

    @Test
    void asksForAToken() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            Failure failure = Failure.of(() -> get(server.stranger()));
            assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(failure.reason()).isEqualTo("oaktree/TOKEN_MISSING");
            assertThat(failure.message())
                    .contains("authorization: Bearer", folder.resolve("token").toString());
            assertThat(Waits.number(get(server.client()))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic b2FrdHJlZTpvYWt0cmVl", "Bearer", "TOKEN", ""})
    void whatIsNoBearerTokenIsNone(String authorization) throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            Channel channel =
                    ClientInterceptors.intercept(server.stranger(), RunningServer.authorization(authorization));
            assertThat(Failure.of(() -> get(channel)).reason()).isEqualTo("oaktree/TOKEN_MISSING");
        }
    }

    @Test
    void refusesWrongTokens() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            String token = server.token();
            for (String wrong : List.of(
                    "x",
                    token + "x",
                    token.substring(1),
                    token.substring(0, 42),
                    "x".repeat(8000),
                    token + " " + token)) {
                Channel channel =
                        ClientInterceptors.intercept(server.stranger(), RunningServer.authorization("Bearer " + wrong));
                Failure failure = Failure.of(() -> get(channel));
                assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
                assertThat(failure.reason()).isEqualTo("oaktree/TOKEN_INVALID");
                assertThat(failure.status().toString()).doesNotContain(token);
            }
            Channel lowerCase =
                    ClientInterceptors.intercept(server.stranger(), RunningServer.authorization("bearer  " + token));
            assertThat(Waits.number(get(lowerCase))).isEqualTo(1);
        }
    }

    @Test
    void withoutAuthEverybodyGetsIn() throws Exception {
        try (RunningServer server = RunningServer.start(
                folder,
                options -> new ServerOptions(options.listen(), options.httpListen(), Optional.empty()),
                SERVICE)) {
            assertThat(Waits.number(get(server.stranger()))).isEqualTo(1);
            assertThat(server.server().readyLine()).endsWith(" token-file=-");
        }
    }

    @Test
    void healthIsForEverybody() throws Exception {
        try (RunningServer server = RunningServer.start(folder, SERVICE)) {
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(server.stranger());
            for (String name : List.of("", "test.Waits")) {
                assertThat(health.check(HealthCheckRequest.newBuilder()
                                        .setService(name)
                                        .build())
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING);
            }
        }
    }

    @Test
    void reflectionIsForThoseWithTheTokenAndShowsEveryFile() throws Exception {
        ServiceDescriptor declared = FlavorsOuterClass.getDescriptor().findServiceByName("Flavors");
        RpcService flavors = new RpcService(
                declared,
                declared.getMethods().stream()
                        .map(method -> Waits.rpc(method, AccessTest::one))
                        .toList());
        try (RunningServer server = RunningServer.start(folder, SERVICE, flavors)) {
            ServerReflectionRequest services =
                    ServerReflectionRequest.newBuilder().setListServices("").build();
            Failure failure = Failure.of(() -> ask(server.stranger(), services));
            assertThat(failure.reason()).isEqualTo("oaktree/TOKEN_MISSING");

            assertThat(ask(server.client(), services).getListServicesResponse().getServiceList())
                    .extracting(service -> service.getName())
                    .containsExactlyInAnyOrder(
                            "test.Waits",
                            "oaktree.compute.v1.Flavors",
                            "grpc.health.v1.Health",
                            "grpc.reflection.v1.ServerReflection",
                            "grpc.reflection.v1alpha.ServerReflection");
            for (String symbol : List.of(
                    "test.Waits",
                    "oaktree.compute.v1.Flavors.ListFlavors",
                    "oaktree.v1.Location",
                    "oaktree.rest.v1.Resource")) {
                ServerReflectionResponse answer = ask(
                        server.client(),
                        ServerReflectionRequest.newBuilder()
                                .setFileContainingSymbol(symbol)
                                .build());
                assertThat(answer.getFileDescriptorResponse().getFileDescriptorProtoCount())
                        .as(symbol)
                        .isPositive();
            }
        }
    }

    private static ServerReflectionResponse ask(Channel channel, ServerReflectionRequest request) {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(new IllegalStateException("no answer"));
                    }
                });
        requests.onNext(request);
        requests.onCompleted();
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
