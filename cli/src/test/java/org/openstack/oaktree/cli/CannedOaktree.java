package org.openstack.oaktree.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** An oaktree in this process with canned answers, and the command line in front of it. */
final class CannedOaktree implements AutoCloseable {
    /** What a run of the command line left behind. */
    record Run(int code, String out, String err) {}

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final String name = InProcessServerBuilder.generateName();
    private final Map<String, Deque<Object>> answers = new HashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Message> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final Server server;
    private final Path home;
    private OptionalInt width = OptionalInt.empty();
    private OptionalInt errWidth = OptionalInt.empty();
    private OutputStream out = new ByteArrayOutputStream();

    CannedOaktree(Path home, BindableService... services) {
        this.home = home;
        InProcessServerBuilder builder =
                InProcessServerBuilder.forName(name).directExecutor().intercept(new Watcher());
        for (BindableService service : services) {
            builder.addService(canned(service.bindService()));
        }
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer of a method, for example {@code ListFlavors}. The last one stays. */
    CannedOaktree answer(String method, Message answer) {
        answers.computeIfAbsent(method, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** The next answer of a method is an error of oaktree with these details behind its ErrorInfo. */
    CannedOaktree fail(String method, Code code, String reason, String message, Message... details) {
        Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(message);
        status.addDetails(Any.pack(ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain("oaktree")
                .putMetadata("cloud", "devstack")
                .putMetadata("region", "RegionOne")
                .build()));
        for (Message detail : details) {
            status.addDetails(Any.pack(detail));
        }
        answers.computeIfAbsent(method, _ -> new ArrayDeque<>())
                .add(StatusProto.toStatusRuntimeException(status.build()));
        return this;
    }

    /** The next answer of a method is an error without anything that oaktree would say. */
    CannedOaktree fail(String method, io.grpc.Status status) {
        answers.computeIfAbsent(method, _ -> new ArrayDeque<>()).add(status.asRuntimeException());
        return this;
    }

    /** As if the method had never been given an answer. */
    CannedOaktree forget(String method) {
        answers.remove(method);
        return this;
    }

    CannedOaktree variable(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    CannedOaktree terminal(int columns) {
        width = OptionalInt.of(columns);
        return this;
    }

    /** Standard error is a terminal. */
    CannedOaktree errTerminal(int columns) {
        errWidth = OptionalInt.of(columns);
        return this;
    }

    CannedOaktree out(OutputStream stream) {
        out = stream;
        return this;
    }

    /** Runs {@code oaktree ARGUMENTS}. */
    Run run(String... arguments) {
        if (out instanceof ByteArrayOutputStream bytes) {
            bytes.reset();
        }
        StringWriter err = new StringWriter();
        Environment environment = new Environment(variables, home, out, new PrintWriter(err, true), width, errWidth);
        CommandLine program = new CommandLine(CommandSpec.create().name("oaktree"));
        Cli.of(
                        environment,
                        _ -> InProcessChannelBuilder.forName(name)
                                .directExecutor()
                                .build())
                .addTo(program);
        int code = program.execute(arguments);
        return new Run(
                code,
                out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "",
                err.toString());
    }

    /** Every request so far. */
    List<Message> requests() {
        return requests;
    }

    /** Header {@code authorization} of every request so far; empty text: none. */
    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private ServerServiceDefinition canned(ServerServiceDefinition generated) {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(generated.getServiceDescriptor());
        for (ServerMethodDefinition<?, ?> method : generated.getMethods()) {
            add(service, method.getMethodDescriptor());
        }
        return service.build();
    }

    private <I, O> void add(ServerServiceDefinition.Builder service, MethodDescriptor<I, O> method) {
        if (method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
            addStream(service, method);
            return;
        }
        if (method.getType() == MethodDescriptor.MethodType.CLIENT_STREAMING) {
            addUpload(service, method);
            return;
        }
        service.addMethod(method, ServerCalls.asyncUnaryCall((request, responses) -> {
            requests.add((Message) request);
            String wanted = String.valueOf(method.getBareMethodName());
            Deque<Object> queue = answers.getOrDefault(wanted, new ArrayDeque<>());
            Object answer = queue.size() > 1 ? queue.removeFirst() : queue.peekFirst();
            if (answer instanceof RuntimeException failure) {
                responses.onError(failure);
            } else if (answer == null) {
                responses.onError(io.grpc.Status.UNIMPLEMENTED
                        .withDescription("no answer for " + wanted)
                        .asRuntimeException());
            } else {
                @SuppressWarnings("unchecked")
                O response = (O) answer;
                responses.onNext(response);
                responses.onCompleted();
            }
        }));
    }

    /** Answers when the stream of requests is over; an error comes at once. */
    private <I, O> void addUpload(ServerServiceDefinition.Builder service, MethodDescriptor<I, O> method) {
        service.addMethod(method, ServerCalls.asyncClientStreamingCall(responses -> {
            Object answer = answers.getOrDefault(String.valueOf(method.getBareMethodName()), new ArrayDeque<>())
                    .peekFirst();
            if (answer instanceof RuntimeException failure) {
                responses.onError(failure);
            }
            return new io.grpc.stub.StreamObserver<I>() {
                @Override
                public void onNext(I request) {
                    requests.add((Message) request);
                }

                @Override
                public void onError(Throwable cancelled) {
                    // Nobody waits for an answer.
                }

                @Override
                public void onCompleted() {
                    @SuppressWarnings("unchecked")
                    O response = (O) java.util.Objects.requireNonNull(answer);
                    responses.onNext(response);
                    responses.onCompleted();
                }
            };
        }));
    }

    /** A stream of all its answers; an error among them ends it. */
    private <I, O> void addStream(ServerServiceDefinition.Builder service, MethodDescriptor<I, O> method) {
        service.addMethod(method, ServerCalls.asyncServerStreamingCall((request, responses) -> {
            requests.add((Message) request);
            Deque<Object> queue = answers.getOrDefault(String.valueOf(method.getBareMethodName()), new ArrayDeque<>());
            while (!queue.isEmpty()) {
                Object answer = queue.removeFirst();
                if (answer instanceof RuntimeException failure) {
                    responses.onError(failure);
                    return;
                }
                @SuppressWarnings("unchecked")
                O response = (O) answer;
                responses.onNext(response);
            }
            responses.onCompleted();
        }));
    }

    private final class Watcher implements ServerInterceptor {
        @Override
        public <I, O> ServerCall.Listener<I> interceptCall(
                ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
            String authorization = headers.get(AUTHORIZATION);
            authorizations.add(authorization == null ? "" : authorization);
            return Contexts.interceptCall(Context.current(), call, headers, next);
        }
    }
}
