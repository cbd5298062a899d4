package org.openstack.oaktree.app.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openstack.oaktree.Oaktree;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.app.contract.Misfortune.Role;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.resource.Api;
import org.openstack.oaktree.server.OaktreeServer;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.grpc.Deadlines;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.http.RecordedCall;
import org.openstack.oaktree.v1.Location;

/**
 * A simulated cloud with something of everything on short pages, and before it an oaktree that knows nothing yet whenever it is
 * wanted: then a call costs its login and all else that it can cost. For one thread at a time.
 */
final class FaultyCloud implements AutoCloseable {
    /** The server's own deadline, for calls without one: so it is the server who ends them, and must say why. */
    private static final int SERVER_SECONDS = 3;
    /** A call that the server has not ended so long after its deadline hangs. */
    private static final int GRACE_SECONDS = 20;

    private static final int PATIENCE_SECONDS = 60;
    /** However late a service says that it wants to be asked again, oaktree tries after so long. */
    private static final java.time.Duration LONGEST_PAUSE = java.time.Duration.ofMinutes(1);

    private static final int ATTEMPTS = 3;
    private static final Api API = Api.load();
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();
    private static final Pattern VERSIONS = Pattern.compile("/?|/v[0-9.]+/?");
    private static final String ASKED = "{asked}";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults()
            .withTimes(java.time.Duration.ZERO, java.time.Duration.ZERO)
            .withServers(3)
            .withPageLimit(2)
            .withNetworkPageLimit(2));
    private final CloudsConfiguration configuration;
    private final OaktreeServer server;
    private final Client client;
    private final Map<Question, Message> requests = new HashMap<>();
    private final Map<Question, Object> rightAnswers = new HashMap<>();
    private volatile Fresh fresh;

    /** How a resource is asked for. */
    enum How {
        LISTED,
        BY_ID,
        BY_NAME
    }

    /** A List, or a Get of a resource that is there. */
    record Question(MethodDescriptor method, How how) {
        @Override
        public String toString() {
            return method.getName() + (how == How.LISTED ? "" : how == How.BY_ID ? " by ID" : " by name");
        }
    }

    /**
     * One of the requests that a question costs.
     *
     * @param path with {@code {asked}} for what is asked for, and {@code *} for other IDs
     * @param earlier requests to the same path that come before it
     */
    record Upstream(Role role, String service, String method, String path, int earlier) {
        FaultRule struckBy(Misfortune misfortune, String id) {
            return FaultRule.on(service, misfortune.fault())
                    .method(method)
                    .path(path.replace(ASKED, id))
                    .skip(earlier);
        }
    }

    /** An oaktree and its calls by their full names. */
    private record Fresh(Oaktree oaktree, Map<String, RpcMethod> methods) {
        static Fresh of(CloudsConfiguration configuration) {
            Oaktree oaktree = Oaktree.open(
                    API, configuration, (cloud, region, service, httpMethod, operation, status, duration) -> {});
            Map<String, RpcMethod> methods = new HashMap<>();
            oaktree.services()
                    .forEach(service -> service.methods()
                            .forEach(method -> methods.put(method.descriptor().getFullName(), method)));
            return new Fresh(oaktree, methods);
        }
    }

    /** A call as the newest oaktree answers it. */
    private final class OfNewest implements RpcMethod {
        private final MethodDescriptor descriptor;

        OfNewest(MethodDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public MethodDescriptor descriptor() {
            return descriptor;
        }

        @Override
        public void invoke(Message request, Consumer<? super RpcResponse> responses) {
            Objects.requireNonNull(fresh.methods().get(descriptor.getFullName()))
                    .invoke(request, responses);
        }
    }

    FaultyCloud(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
        fill(file, folder);
        configuration = CloudsConfiguration.load(
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(file));
        fresh = Fresh.of(configuration);
        List<RpcService> services = fresh.oaktree().services().stream()
                .map(service -> new RpcService(
                        service.descriptor(),
                        service.methods().stream()
                                .<RpcMethod>map(method -> new OfNewest(method.descriptor()))
                                .toList()))
                .toList();
        Path token = folder.resolve("token");
        java.time.Duration time = java.time.Duration.ofSeconds(SERVER_SECONDS);
        server = OaktreeServer.start(
                new ServerOptions(
                                ListenAddress.parse("127.0.0.1:0"),
                                ListenAddress.loopback("127.0.0.1:0"),
                                Optional.of(token))
                        .withDeadlines(new Deadlines(time, time)),
                services,
                new PrometheusRegistry());
        int port = ((ListenAddress.Loopback) server.address()).address().getPort();
        client = new Client(port, Files.readString(token).strip());
        questions();
    }

    /** Makes what a new simulated cloud lacks. */
    private static void fill(Path cloudsYaml, Path folder) {
        try (StockApi api = new StockApi(cloudsYaml, folder, "simcloud")) {
            String outside = StockApi.text(
                    api.list("network", "/v2.0/networks?name=public", "networks")
                            .getFirst(),
                    "id");
            for (String name : List.of("one", "two", "three")) {
                api.create("compute", "/os-keypairs", "keypair", Map.of("name", name));
                api.create(
                        "compute",
                        "/os-server-groups",
                        "server_group",
                        Map.of("name", name, "policies", List.of("affinity")));
                api.create("block-storage", "/volumes", "volume", Map.of("name", name, "size", 1));
                api.create("network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside));
            }
        }
    }

    private void renew() {
        fresh.oaktree().close();
        fresh = Fresh.of(configuration);
    }

    /** Every List and every Get of something that is there, or of what there is always, in the order of their names. */
    List<Question> questions() {
        if (requests.isEmpty()) {
            List<MethodDescriptor> methods = Client.calls().values().stream()
                    .sorted(java.util.Comparator.comparing(MethodDescriptor::getName))
                    .toList();
            for (MethodDescriptor method : methods) {
                if (method.getName().startsWith("List") || isNameless(method)) {
                    requests.put(new Question(method, How.LISTED), request(method));
                } else if (Contract.isGet(method)) {
                    addGets(method);
                }
            }
        }
        return requests.keySet().stream()
                .sorted(java.util.Comparator.comparing(Question::toString))
                .toList();
    }

    /** Whether it gets what there is only one of. */
    private static boolean isNameless(MethodDescriptor method) {
        return method.getName().startsWith("Get") && method.getInputType().findFieldByNumber(2) == null;
    }

    private void addGets(MethodDescriptor get) {
        MethodDescriptor list = Objects.requireNonNull(
                Client.calls().get("List" + get.getService().getName()));
        // The same in every cloud, whatever IDs it gave: what others own first, for to be shown it costs most requests.
        List<Message> all = resources(client.call(list, request(list), PATIENCE_SECONDS)).stream()
                .sorted(java.util.Comparator.comparing(FaultyCloud::isOwn).thenComparing(named -> text(named, "name")))
                .toList();
        Message resource = all.getFirst();
        String id = text(resource, "id");
        FieldDescriptor asked = Objects.requireNonNull(get.getInputType().findFieldByNumber(2));
        Message request = request(get);
        requests.put(
                new Question(get, How.BY_ID),
                request.toBuilder().setField(asked, id).build());
        all.stream()
                .map(named -> text(named, "name"))
                .filter(name -> !name.isEmpty() && !name.equals(id))
                .filter(name -> all.stream()
                                .filter(other -> text(other, "name").equals(name))
                                .count()
                        == 1)
                .findFirst()
                .ifPresent(name -> requests.put(
                        new Question(get, How.BY_NAME),
                        request.toBuilder().setField(asked, name).build()));
    }

    /** Only of his own project a caller is told the name. */
    private static boolean isOwn(Message resource) {
        return !Contract.location(resource).getProject().getName().isEmpty();
    }

    @SuppressWarnings("unchecked") // Field 1 of a List response is the list.
    private static List<Message> resources(Message response) {
        return (List<Message>) first(response);
    }

    private static Object first(Message response) {
        return response.getField(
                Objects.requireNonNull(response.getDescriptorForType().findFieldByNumber(1)));
    }

    private static String text(Message resource, String name) {
        FieldDescriptor field = resource.getDescriptorForType().findFieldByName(name);
        return field == null ? "" : resource.getField(field).toString();
    }

    /** A request for what is there now. */
    private static Message request(MethodDescriptor method) {
        Message.Builder request = Client.empty(method.getInputType()).toBuilder();
        FieldDescriptor location = method.getInputType().findFieldByName("location");
        FieldDescriptor maxAge = method.getInputType().findFieldByName("max_age");
        if (location != null) {
            request.setField(location, HERE);
        }
        if (maxAge != null) {
            request.setField(maxAge, Duration.getDefaultInstance());
        }
        return request.build();
    }

    private Message request(Question question) {
        return Objects.requireNonNull(requests.get(question), question.toString());
    }

    /** What an oaktree sends to answer the question that has answered none before; of many pages the first two. */
    List<Upstream> upstream(Question question) {
        renew();
        cloud.forgetCalls();
        client.call(question.method(), request(question), PATIENCE_SECONDS);
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<Upstream> upstream = new ArrayList<>();
        for (RecordedCall call : cloud.calls()) {
            String path = pattern(call.path(), question);
            int earlier = seen.merge(call.method() + call.service() + path, 1, Integer::sum) - 1;
            if (earlier < 2) {
                upstream.add(new Upstream(role(call, path), call.service(), call.method(), path, earlier));
            }
        }
        return upstream;
    }

    /** The name or ID that is asked for; empty in a List. */
    private String asked(Question question) {
        return question.how() == How.LISTED
                ? ""
                : request(question)
                        .getField(Objects.requireNonNull(
                                question.method().getInputType().findFieldByNumber(2)))
                        .toString();
    }

    /** Not every word at the end of a path is an ID, for a list may be at /servers/detail: so what is asked for has its own mark. */
    private String pattern(String path, Question question) {
        String asked = "/" + asked(question);
        boolean isAsked = asked.length() > 1 && path.endsWith(asked);
        String rest = isAsked ? path.substring(0, path.length() - asked.length()) : path;
        return ID.matcher(rest).replaceAll("*") + (isAsked ? "/" + ASKED : "");
    }

    private static Role role(RecordedCall call, String path) {
        if (call.method().equals("POST")) {
            return Role.TOKEN;
        }
        if (VERSIONS.matcher(path).matches()) {
            return Role.VERSIONS;
        }
        return path.endsWith("*") || path.endsWith(ASKED) ? Role.ONE : Role.LIST;
    }

    /**
     * Asks while one of the requests fails, and once more when it does not.
     *
     * @param sitsOut whether the next call comes when its caller is told to come, however late that is
     * @return what was not as it should be; empty when all was
     */
    Optional<String> endure(
            Question question, Upstream upstream, Misfortune misfortune, boolean afterEffect, boolean sitsOut) {
        Object right = rightAnswers.computeIfAbsent(question, this::rightAnswer);
        FaultRule rule = upstream.struckBy(misfortune, asked(question));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            renew();
            Faults.Active active = cloud.faults().add(afterEffect ? rule.afterEffect() : rule);
            String told = told(question, misfortune.isEndless());
            int struck = active.struck();
            cloud.faults().clear();
            if (struck == 0 && misfortune.isEndless()) {
                continue; // A busy machine: the time was over before the request that was to fail.
            }
            if (struck == 0) {
                return Optional.of("it was never sent");
            }
            if (!misfortune.reasons(upstream.role()).contains(told)) {
                return Optional.of(told + " instead of " + misfortune.reasons(upstream.role()));
            }
            Object next = next(question, sitsOut);
            return next.equals(right) || (next.equals(Misfortune.PAUSED) && !sitsOut && misfortune.isPause())
                    ? Optional.empty()
                    : Optional.of("the next answer is " + next);
        }
        return Optional.of("it was never sent in time");
    }

    private Object rightAnswer(Question question) {
        renew();
        return first(client.call(question.method(), request(question), PATIENCE_SECONDS));
    }

    private String told(Question question, boolean untilServerEnds) {
        try {
            if (untilServerEnds) {
                client.callWithoutDeadline(question.method(), request(question), SERVER_SECONDS + GRACE_SECONDS);
            } else {
                client.call(question.method(), request(question), PATIENCE_SECONDS);
            }
            return Misfortune.ANSWERED;
        } catch (StatusRuntimeException failure) {
            return Client.reason(failure);
        } catch (TimeoutException hanging) {
            return "no answer";
        }
    }

    /**
     * The next call's answer, or its reason. Who is told when to come again comes again then: Keystone's refusal of a login is remembered
     * for some seconds, so that nobody is locked out; and a service that wants to be left alone is.
     */
    private Object next(Question question, boolean sitsOut) {
        try {
            return first(client.call(question.method(), request(question), PATIENCE_SECONDS));
        } catch (StatusRuntimeException failure) {
            Optional<java.time.Duration> pause = Client.retryAfter(failure);
            if (pause.isEmpty() || pause.get().compareTo(LONGEST_PAUSE) > 0) {
                return Client.reason(failure) + ", to come again in " + pause;
            }
            if (Client.reason(failure).equals(Misfortune.PAUSED) && !sitsOut) {
                return Misfortune.PAUSED;
            }
            try {
                Thread.sleep(pause.get());
                return first(client.call(question.method(), request(question), PATIENCE_SECONDS));
            } catch (StatusRuntimeException again) {
                return Client.reason(again) + " again";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        fresh.oaktree().close();
        cloud.close();
    }
}
