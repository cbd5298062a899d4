package org.openstack.oaktree.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/** P1: a unary list of 100 servers with addresses from oaktree's cache, against a bare gRPC server that sends the same bytes. */
final class CachedList implements Benchmark {
    private static final double BOUND = 0.8;
    private static final int SERVERS = 100;
    private static final int ROUNDS = 15;
    private static final Duration SLOT = Duration.ofSeconds(2);
    /** Calls after which a JVM's compilers are done, however busy the machine is. */
    private static final int WARM_UP_CALLS = 50_000;

    private static final String METHOD = ServersGrpc.getListServersMethod().getFullMethodName();

    @Override
    public boolean run(Path folder, PrintStream out) throws IOException, InterruptedException {
        byte[] request = request().toByteArray();
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults().withServers(SERVERS));
                ServedOaktree oaktree = ServedOaktree.start(
                        Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml()), folder);
                Load onOaktree = new Load(oaktree.address(), oaktree.headers(), METHOD, request)) {
            byte[] answer = onOaktree.once();
            check(answer);
            String bytes = Files.write(folder.resolve("answer"), answer).toString();
            try (Program bare = bare(folder, "virtual", bytes);
                    Program direct = bare(folder, "direct", bytes);
                    Load onBare = new Load(bare.ready("grpc"), oaktree.headers(), METHOD, request);
                    Load onDirect = new Load(direct.ready("grpc"), oaktree.headers(), METHOD, request)) {
                List<Contender> contenders = List.of(
                        new Contender("oaktree", onOaktree, oaktree.program()),
                        new Contender("bare", onBare, bare),
                        new Contender("direct", onDirect, direct));
                for (Contender contender : contenders) {
                    if (!Arrays.equals(answer, contender.load().once())) {
                        throw new IllegalStateException(contender.name() + " does not send the same bytes");
                    }
                }
                out.printf(
                        Locale.ROOT,
                        "P1: ListServers of %d servers with addresses from the cache: %,d bytes an answer, %d calls in"
                                + " flight on %d connections%n",
                        SERVERS,
                        answer.length,
                        Load.IN_FLIGHT,
                        Load.CONNECTIONS);
                warmUp(contenders);
                UpstreamCalls before = oaktree.upstream();
                measure(contenders, out);
                out.println("  calls to the cloud: " + before + " before the rounds; in the rounds "
                        + oaktree.upstream().since(before));
                Series calls = contenders.get(0).calls();
                out.println("P1 oaktree / direct: "
                        + calls.over(contenders.get(2).calls()).summary("%.3f") + ", for information");
                return Verdict.atLeast(
                        "P1 oaktree / bare", calls.over(contenders.get(1).calls()), BOUND, out);
            }
        }
    }

    private static ListServersRequest request() {
        ListServersRequest.Builder request = ListServersRequest.newBuilder();
        request.getLocationBuilder().setCloud("simcloud");
        request.getMaxAgeBuilder().setSeconds(3600);
        return request.build();
    }

    private static Program bare(Path folder, String threads, String bytes) throws IOException {
        return Program.start(
                BareServer.class, List.of(), Map.of(), folder.resolve(threads + ".log"), threads, METHOD, bytes);
    }

    private static void check(byte[] answer) throws IOException {
        ListServersResponse servers = ListServersResponse.parseFrom(answer);
        if (servers.getServersCount() != SERVERS
                || servers.getServersList().stream()
                        .anyMatch(server -> server.getPrivateV4().isEmpty())) {
            throw new IllegalStateException("not " + SERVERS + " servers with addresses");
        }
    }

    private static void warmUp(List<Contender> contenders) throws InterruptedException {
        for (Contender contender : contenders) {
            for (double calls = 0; calls < WARM_UP_CALLS; ) {
                calls += contender.load().run(SLOT) * SLOT.toSeconds();
            }
        }
    }

    private static void measure(List<Contender> contenders, PrintStream out) throws InterruptedException {
        List<Contender> turns = new ArrayList<>(contenders);
        out.println("round  " + row(contenders, Contender::name));
        for (int i = 0; i < ROUNDS; i++) {
            for (Contender contender : turns) {
                contender.run();
            }
            Collections.rotate(turns, 1);
            out.printf("%5d  %s%n", i + 1, row(contenders, Contender::last));
        }
        out.println("Medians (least .. most):");
        for (Contender contender : contenders) {
            out.println("  %-8s %s calls/s, %s us of processor a call"
                    .formatted(
                            contender.name(),
                            contender.calls().summary("%,.0f"),
                            contender.processor().summary("%.0f")));
        }
    }

    private static String row(List<Contender> contenders, Function<Contender, String> cell) {
        return contenders.stream()
                .map(contender -> "%-18s".formatted(cell.apply(contender)))
                .collect(Collectors.joining());
    }

    /** A server under load, and what it did round by round. */
    private static final class Contender {
        private final String name;
        private final Load load;
        private final Program server;
        private final List<Double> callsPerSecond = new ArrayList<>();
        private final List<Double> processorMicros = new ArrayList<>();

        Contender(String name, Load load, Program server) {
            this.name = name;
            this.load = load;
            this.server = server;
        }

        String name() {
            return name;
        }

        Load load() {
            return load;
        }

        void run() throws InterruptedException {
            Duration before = server.processorTime();
            double calls = load.run(SLOT);
            callsPerSecond.add(calls);
            double micros = server.processorTime().minus(before).toNanos() / 1e3;
            processorMicros.add(micros / (calls * SLOT.toSeconds()));
        }

        String last() {
            return "%,.0f/s %.0f us".formatted(callsPerSecond.getLast(), processorMicros.getLast());
        }

        Series calls() {
            return new Series(callsPerSecond);
        }

        Series processor() {
            return new Series(processorMicros);
        }
    }
}
