package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.v1.Location;

/** Each way in which a cloud can fail, on each call that a List makes: the right code and reason, and the next call works. */
class FaultsTest {
    private static final String UNREACHABLE = "UNAVAILABLE CLOUD_UNREACHABLE";
    private static final String TOO_SLOW = "DEADLINE_EXCEEDED CLOUD_TOO_SLOW";
    private static final String UNREADABLE = "INTERNAL UNREADABLE_ANSWER";
    private static final String LIMITED = "RESOURCE_EXHAUSTED RATE_LIMITED";
    private static final int SECONDS = 6;

    /** Faults that do not end, and what a caller is told. A hang and a drip end at the deadline, whose own end may come first. */
    private static Map<Fault, List<String>> faults() {
        Map<Fault, List<String>> faults = new LinkedHashMap<>();
        faults.put(new Fault.Reset(), List.of(UNREACHABLE));
        faults.put(new Fault.Hang(), List.of(TOO_SLOW, "DEADLINE_EXCEEDED"));
        faults.put(new Fault.Drip(1), List.of(TOO_SLOW, "DEADLINE_EXCEEDED"));
        faults.put(new Fault.Truncate(1), List.of(UNREACHABLE, UNREADABLE));
        faults.put(new Fault.CloseEarly(1), List.of(UNREACHABLE, UNREADABLE));
        faults.put(new Fault.WrongBody("text/html", "<html>a load balancer</html>"), List.of(UNREADABLE));
        faults.put(new Fault.WrongBody("application/json", "{\"other\": []}"), List.of(UNREADABLE));
        faults.put(Fault.html(500), List.of(UNREACHABLE));
        faults.put(Fault.html(502), List.of(UNREACHABLE));
        faults.put(Fault.status(503, "{}"), List.of(UNREACHABLE));
        faults.put(Fault.retryAfter(429, "3600"), List.of(LIMITED));
        faults.put(
                Fault.status(403, "{\"forbidden\": {\"code\": 403, \"message\": \"Policy says no\"}}"),
                List.of("PERMISSION_DENIED FORBIDDEN_BY_POLICY"));
        faults.put(
                Fault.status(400, "{\"badRequest\": {\"code\": 400, \"message\": \"Bad\"}}"),
                List.of("INVALID_ARGUMENT REFUSED_BY_CLOUD"));
        return faults;
    }

    @Test
    void everyFaultOfEveryListHasItsReasonAndPasses(@TempDir Path folder) throws Exception {
        int cells = 0;
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults())) {
            Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            try (Served served = new Served(file, folder)) {
                for (MethodDescriptor method : lists()) {
                    Message request = fresh(method);
                    served.client().call(method.getName(), request);
                    for (Map.Entry<Fault, List<String>> fault : faults().entrySet()) {
                        String service = method.getService()
                                .getOptions()
                                .getExtension(Rest.resource)
                                .getServiceType();
                        cloud.faults().add(FaultRule.on(service, fault.getKey()).method("GET"));
                        Throwable failure =
                                catchThrowable(() -> served.client().call(method.getName(), request, SECONDS));
                        cloud.faults().clear();
                        assertThat(failure)
                                .as(method.getName() + " under " + fault.getKey())
                                .isInstanceOf(StatusRuntimeException.class);
                        assertThat(Client.reason((StatusRuntimeException) Objects.requireNonNull(failure)))
                                .as(method.getName() + " under " + fault.getKey())
                                .isIn(fault.getValue());
                        served.client().call(method.getName(), request);
                        cells++;
                    }
                }
            }
        }
        System.out.println("faults: " + lists().size() + " lists x " + faults().size() + " faults = " + cells
                + " cells, each with its reason, and the next call worked");
    }

    private static List<MethodDescriptor> lists() {
        return Contract.lists().toList();
    }

    private static Message fresh(MethodDescriptor method) {
        Message.Builder request = Client.empty(method.getInputType()).toBuilder();
        FieldDescriptor location = Objects.requireNonNull(method.getInputType().findFieldByNumber(1));
        FieldDescriptor maxAge = Objects.requireNonNull(method.getInputType().findFieldByNumber(5));
        return request.setField(
                        location, Location.newBuilder().setCloud("simcloud").build())
                .setField(maxAge, Duration.getDefaultInstance())
                .build();
    }
}
