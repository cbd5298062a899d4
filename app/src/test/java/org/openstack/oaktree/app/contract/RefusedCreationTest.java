package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.v1.Location;

/** Nova refuses to make a server: what it was to be made of may not be there any more, though lists that are kept show it. */
class RefusedCreationTest {
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud-admin-demo").build();
    private static final Location IN_ANOTHER_PROJECT = HERE.toBuilder()
            .setProject(Location.Project.newBuilder().setName("admin").setDomainName("Default"))
            .build();
    /** Older than the test can become. */
    private static final Duration KEPT = Duration.newBuilder().setSeconds(600).build();

    private static final Map<String, Integer> ALL_ANEW = Map.of(
            "compute GET ListFlavors", 1,
            "image GET ListImages", 1,
            "network GET ListNetworks", 1,
            "compute GET ListAvailabilityZones", 1,
            "network GET ListSecurityGroups", 1);

    @Test
    void makesItsOwnScopeReadThoseListsAnew(@TempDir Path folder) throws IOException {
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults());
                Served served =
                        new Served(Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml()), folder)) {
            assertThat(cost(served, HERE)).containsAllEntriesOf(ALL_ANEW);
            assertThat(cost(served, IN_ANOTHER_PROJECT)).containsAllEntriesOf(ALL_ANEW);
            assertThat(cost(served, HERE)).isEmpty();

            CreateServerRequest request = PlainServer.request(served.client(), HERE).toBuilder()
                    .setName("refused")
                    .clearNetworks()
                    .addNetworks("private-demo")
                    .build();
            cost(served, HERE);
            cloud.faults()
                    .add(FaultRule.on("compute", Fault.status(400, "{\"badRequest\": {\"message\": \"no\"}}"))
                            .method("POST")
                            .path("/v2.1/servers"));
            Contract.fails(
                    "INVALID_ARGUMENT REFUSED_BY_CLOUD", () -> served.client().call("CreateServer", request));
            served.upstream();

            assertThat(cost(served, IN_ANOTHER_PROJECT)).isEmpty();
            assertThat(cost(served, HERE)).isEqualTo(ALL_ANEW);
            assertThat(cost(served, HERE)).isEmpty();
        }
    }

    /** What the lists of all that a server is made of cost that scope. */
    private static Map<String, Integer> cost(Served served, Location where) {
        for (String noun : List.of("Flavors", "Images", "Networks", "AvailabilityZones", "SecurityGroups")) {
            Message.Builder list =
                    Client.empty(Objects.requireNonNull(Client.calls().get("List" + noun))
                                    .getInputType())
                            .toBuilder();
            list.setField(list.getDescriptorForType().findFieldByNumber(1), where);
            list.setField(list.getDescriptorForType().findFieldByNumber(5), KEPT);
            served.client().call("List" + noun, list.build());
        }
        return served.upstream();
    }
}
