package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.http.RecordedCall;
import org.openstack.oaktree.v1.Location;

/**
 * Every operation of several steps on floating IPs, while one of its steps fails, before its effect and after it: what is in the cloud then,
 * and after the same call came again.
 */
class FloatingIpStepsTest {
    private static final String NAME = "steps";
    private static final int AT_ONCE = 8;
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final Pattern VERSIONS = Pattern.compile("/?|/v[0-9.]+/?");

    /** How many floating IPs there are, and how many of them lead to the server. */
    private record State(int all, int leading) {
        @Override
        public String toString() {
            return all + " floating IPs, " + leading + " leading";
        }
    }

    /** What is done; each begins with one server. */
    @SuppressWarnings("ImmutableEnumChecker") // A record of numbers does not change.
    private enum Operation {
        ADD_NEW(new State(0, 0), new State(1, 1)) {
            @Override
            void prepare(Scene scene) {
                scene.user.delete("network", "/v2.0/floatingips/" + scene.own.id("FloatingIps"));
            }

            @Override
            Message call(Scene scene) {
                return scene.call("AddIpsToServer", add().build());
            }
        },
        ADD_GIVEN(new State(1, 0), new State(1, 1)) {
            @Override
            Message call(Scene scene) {
                return scene.call(
                        "AddIpsToServer",
                        add().addFloatingIps(scene.own.name("FloatingIps")).build());
            }
        },
        ADD_REUSED(new State(1, 0), new State(1, 1)) {
            @Override
            Message call(Scene scene) {
                return scene.call("AddIpsToServer", add().setReuse(true).build());
            }
        },
        DETACH(new State(1, 1), new State(1, 0)) {
            @Override
            void prepare(Scene scene) {
                scene.lead();
            }

            @Override
            Message call(Scene scene) {
                return scene.call(
                        "DetachIpFromServer",
                        DetachIpFromServerRequest.newBuilder()
                                .setLocation(HERE)
                                .setServer(NAME)
                                .setFloatingIp(scene.own.name("FloatingIps"))
                                .build());
            }
        },
        CLEAN_UP(new State(3, 1), new State(1, 1)) {
            @Override
            void prepare(Scene scene) {
                scene.lead();
                scene.make();
                scene.make();
            }

            @Override
            Message call(Scene scene) {
                return scene.call(
                        "DeleteUnattachedFloatingIps",
                        DeleteUnattachedFloatingIpsRequest.newBuilder()
                                .setLocation(HERE)
                                .setMinAge(Duration.getDefaultInstance())
                                .setIncludeForeign(true)
                                .build());
            }
        };

        final State before;
        final State after;

        Operation(State before, State after) {
            this.before = before;
            this.after = after;
        }

        void prepare(Scene scene) {}

        abstract Message call(Scene scene);

        private static AddIpsToServerRequest.Builder add() {
            return AddIpsToServerRequest.newBuilder()
                    .setLocation(HERE)
                    .setServer(NAME)
                    .setWait(true)
                    .setTimeout(Duration.newBuilder().setSeconds(2));
        }
    }

    /**
     * One of the requests that an operation sends.
     *
     * @param path with {@code *} for IDs
     * @param earlier requests to the same path that come before it
     * @param written requests that change something and come before it
     */
    private record Step(String service, String method, String path, int earlier, int written) {
        boolean writes() {
            return !method.equals("GET");
        }

        FaultRule fails(boolean afterEffect) {
            FaultRule rule = FaultRule.on(service, Fault.status(500, "{}"))
                    .method(method)
                    .path(path)
                    .skip(earlier);
            // What only reads is asked for again and again.
            FaultRule once = writes() ? rule.times(1) : rule;
            return afterEffect ? once.afterEffect() : once;
        }

        @Override
        public String toString() {
            return method + " " + path + (earlier > 0 ? " no. " + (earlier + 1) : "");
        }
    }

    /** A cloud with a server on a network behind a router, and a floating IP; an oaktree that knows nothing of it yet. */
    private static final class Scene implements AutoCloseable {
        final SimCloud cloud =
                SimCloud.start(SimOptions.defaults().withTimes(java.time.Duration.ZERO, java.time.Duration.ZERO));
        final StockApi user;
        final Belongings own;
        final Served served;

        Scene(Path folder) throws IOException {
            Path own = Files.createTempDirectory(folder, "scene");
            Path file = Files.writeString(own.resolve("clouds.yaml"), cloud.cloudsYaml());
            this.user = new StockApi(file, own, "simcloud");
            this.own = Belongings.ofProject(user, NAME);
            this.served = new Served(file, own);
        }

        Message call(String name, Message request) {
            return served.client().call(name, request);
        }

        void make() {
            String outside = user.ids("network", "/v2.0/networks?name=public", "networks")
                    .getFirst();
            user.create("network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside));
        }

        void lead() {
            String port = user.ids("network", "/v2.0/ports?device_id=" + own.id("Servers"), "ports")
                    .getFirst();
            user.put(
                    "network",
                    "/v2.0/floatingips/" + own.id("FloatingIps"),
                    Map.of("floatingip", Map.of("port_id", port)));
        }

        State state() {
            List<String> ports = user.list("network", "/v2.0/floatingips", "floatingips").stream()
                    .map(floatingIp -> StockApi.text(floatingIp, "port_id"))
                    .toList();
            List<String> ofServer = user.ids("network", "/v2.0/ports?device_id=" + own.id("Servers"), "ports");
            return new State(ports.size(), (int)
                    ports.stream().filter(ofServer::contains).count());
        }

        @Override
        public void close() {
            served.close();
            user.close();
            cloud.close();
        }
    }

    /** The requests of the operation when nothing fails, without login and discovery. */
    private static List<Step> steps(Operation operation, Path folder) throws IOException {
        try (Scene scene = new Scene(folder)) {
            operation.prepare(scene);
            assertThat(scene.state()).as(operation.name()).isEqualTo(operation.before);
            scene.cloud.forgetCalls();
            operation.call(scene);
            List<RecordedCall> calls = scene.cloud.calls();
            assertThat(scene.state()).as(operation.name()).isEqualTo(operation.after);
            Map<String, Integer> seen = new TreeMap<>();
            List<Step> steps = new ArrayList<>();
            int written = 0;
            for (RecordedCall call : calls) {
                if (call.service().equals("identity")
                        || VERSIONS.matcher(call.path()).matches()) {
                    continue;
                }
                String path = ID.matcher(call.path()).replaceAll("*-*");
                int earlier = seen.merge(call.method() + call.service() + path, 1, Integer::sum) - 1;
                Step step = new Step(call.service(), call.method(), path, earlier, written);
                steps.add(step);
                written += step.writes() ? 1 : 0;
            }
            return steps;
        }
    }

    /** What must be in the cloud: what was written before the step, and by it, stays; only a clean-up goes on with the next. */
    private static State expected(Operation operation, Step step, boolean afterEffect) {
        int done = step.written() + (afterEffect ? 1 : 0);
        if (operation == Operation.CLEAN_UP) {
            int kept = step.writes() ? (afterEffect ? 0 : 1) : 2 - done;
            return new State(1 + kept, 1);
        }
        return done == 0 ? operation.before : operation.after;
    }

    private static String told(Operation operation, Scene scene) {
        try {
            operation.call(scene);
            return "OK";
        } catch (StatusRuntimeException failure) {
            return Client.reason(failure);
        }
    }

    /** What was wrong; empty when nothing was. */
    private static String endure(Operation operation, Step step, boolean afterEffect, Path folder) throws IOException {
        try (Scene scene = new Scene(folder)) {
            operation.prepare(scene);
            Faults.Active fault = scene.cloud.faults().add(step.fails(afterEffect));
            String told = told(operation, scene);
            int struck = fault.struck();
            scene.cloud.faults().clear();
            State left = scene.state();
            String again = told(operation, scene);
            State end = scene.state();
            String row = operation + ", " + step + (step.writes() ? afterEffect ? " after" : " before" : "") + ": "
                    + told + ", " + left + "; again: " + again + ", " + end;
            System.out.println("floating ips: " + row);
            boolean right = struck > 0
                    && left.equals(expected(operation, step, afterEffect))
                    && again.equals("OK")
                    && end.equals(operation.after)
                    && (!step.writes() || told.equals("ABORTED OUTCOME_UNKNOWN"));
            return right ? "" : row + (struck == 0 ? " (it was never sent)" : "");
        }
    }

    @Test
    void nothingIsLeftThatARepeatDoesNotFind(@TempDir Path folder) throws Exception {
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Runnable> cells = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            List<Step> steps = steps(operation, folder);
            assertThat(steps).as(operation.name()).anyMatch(Step::writes);
            for (Step step : steps) {
                cells.add(() -> wrong.add(cell(operation, step, false, folder)));
                if (step.writes()) {
                    cells.add(() -> wrong.add(cell(operation, step, true, folder)));
                }
            }
        }
        AtOnce.run(cells, AT_ONCE);
        System.out.println("floating ips: " + Operation.values().length + " operations, " + cells.size()
                + " failing steps, each left what a repeat finds");
        assertThat(wrong.stream().filter(what -> !what.isEmpty())).isEmpty();
    }

    private static String cell(Operation operation, Step step, boolean afterEffect, Path folder) {
        try {
            return endure(operation, step, afterEffect, folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
