package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.http.RecordedCall;

/**
 * One of the requests that an operation sends.
 *
 * @param path with {@code *} for IDs
 * @param earlier requests to the same path that come before it
 * @param written requests that change something and come before it
 */
record Step(String service, String method, String path, int earlier, int written) {
    boolean writes() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    /** That fault, once if the step changes something: what only reads is asked for again and again. */
    FaultRule suffers(Fault fault) {
        FaultRule rule = FaultRule.on(service, fault).method(method).path(path).skip(earlier);
        return writes() ? rule.times(1) : rule;
    }

    @Override
    public String toString() {
        return method + " " + path + (earlier > 0 ? " no. " + (earlier + 1) : "");
    }

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final Pattern VERSIONS = Pattern.compile("/?|/v[0-9.]+/?");

    /** The requests of the operation when nothing fails, without login and discovery. */
    static List<Step> of(Operation operation, Path folder) throws IOException, InterruptedException {
        try (Scene scene = new Scene(folder)) {
            operation.prepare(scene);
            String before = scene.state();
            scene.cloud.forgetCalls();
            operation.call(scene);
            List<RecordedCall> calls = scene.cloud.calls();
            assertThat(Scene.change(before, scene.state())).as(operation.name()).isEqualTo(operation.change());
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
}
