package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateKeypairResponse;
import org.openstack.oaktree.compute.v1.DeleteKeypairRequest;
import org.openstack.oaktree.compute.v1.ListKeypairsRequest;
import org.openstack.oaktree.compute.v1.ListKeypairsResponse;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.v1.Location;

/** Every answer to nonsense, sent to every call, is right, or a refusal that says why; and the cloud is as it was. */
class BadInputTest {
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();

    private int sent;
    private int refused;

    @Test
    void nonsenseIsAnsweredWithAReason(@TempDir Path folder) throws Exception {
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults())) {
            Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            try (Served served = new Served(file, folder)) {
                List<String> before = keypairs(served.client());
                Client.calls().values().stream()
                        .sorted(Comparator.comparing(MethodDescriptor::getName))
                        .forEach(method -> send(served.client(), method));
                assertThat(keypairs(served.client())).isEqualTo(before);
            }
        }
        System.out.println("bad input: " + Client.calls().size() + " calls, " + sent + " requests, " + refused
                + " refused, every one with its reason");
        assertThat(refused).isPositive();
    }

    private void send(Client client, MethodDescriptor method) {
        for (Message request : BadInput.of(ordinary(method))) {
            sent++;
            try {
                Message answer = client.call(method.getName(), request);
                if (answer instanceof CreateKeypairResponse made) {
                    client.call(
                            "DeleteKeypair",
                            DeleteKeypairRequest.newBuilder()
                                    .setLocation(made.getKeypair().getLocation())
                                    .setKeypair(made.getKeypair().getName())
                                    .build());
                }
            } catch (StatusRuntimeException failure) {
                refused++;
                assertThat(Client.reason(failure))
                        .as(method.getName() + ": " + failure.getMessage())
                        .contains(" ")
                        .doesNotStartWith("UNKNOWN")
                        .doesNotStartWith("INTERNAL")
                        .doesNotStartWith("DEADLINE_EXCEEDED");
            }
        }
    }

    /** A request that a client could send: of something that is not there, or of a key that is none. */
    private static Message ordinary(MethodDescriptor method) {
        Message.Builder request = Client.empty(method.getInputType()).toBuilder();
        for (FieldDescriptor field : method.getInputType().getFields()) {
            switch (field.getName()) {
                case "location" -> request.setField(field, HERE);
                case "name" -> request.setField(field, "bad-input");
                case "public_key" -> request.setField(field, "no key");
                default -> {
                    if (field.getNumber() == 2 && field.getJavaType() == FieldDescriptor.JavaType.STRING) {
                        request.setField(field, "bad-input");
                    }
                }
            }
        }
        return request.build();
    }

    private static List<String> keypairs(Client client) {
        ListKeypairsResponse response = Objects.requireNonNull(client.call(
                "ListKeypairs",
                ListKeypairsRequest.newBuilder().setLocation(HERE).build()));
        return response.getKeypairsList().stream()
                .map(keypair -> keypair.getName())
                .toList();
    }
}
