package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.http.Microversion;

/** Servers of every shape in the simulated cloud. */
class SimServerShapesTest extends ServerShapes {
    SimServerShapesTest() {
        super(new TestCloud.Sim());
    }

    private Faults faults() {
        return ((TestCloud.Sim) cloud()).faults();
    }

    @AfterEach
    void repair() {
        faults().clear();
    }

    private CreateServerRequest.Builder failing() {
        return shape().setBootFromVolume(true).setVolumeSizeGib(1).putMetadata("testcloud_fail", "1");
    }

    private static FaultRule broken(String service, String method, String path) {
        return FaultRule.on(service, Fault.status(500, "{}")).method(method).path(path);
    }

    /** What the failed call has made and could not take away, which its message names. */
    private String left(List<String> before, StatusRuntimeException failure) {
        List<String> more =
                volumes().stream().filter(volume -> !before.contains(volume)).toList();
        assertThat(more).hasSize(1);
        assertThat(failure.getMessage()).contains(more.getFirst(), "left");
        return more.getFirst();
    }

    @Test
    void aVolumeThatCannotBeTakenAwayIsNamed() {
        List<String> before = volumes();
        faults().add(broken("block-storage", "DELETE", "/**"));
        StatusRuntimeException failure = failed(failing());
        faults().clear();
        assertThat(failure.getMessage()).contains("It was deleted again. Volume ");
        deleteVolume(left(before, failure));
    }

    @Test
    void theVolumeOfAServerThatCannotBeTakenAwayIsNamed() {
        List<String> before = volumes();
        faults().add(broken("compute", "DELETE", "/v2.1/servers/*"));
        StatusRuntimeException failure = failed(failing());
        faults().clear();
        assertThat(failure.getMessage()).contains("It could not be deleted again");
        String volume = left(before, failure);
        deleteNamed(failure);
        deleteVolume(volume);
    }

    @Test
    void aTagOfAnInterfaceNeedsACloudThatKnowsIt(@TempDir Path folder) throws IOException {
        try (SimCloud old = SimCloud.start(SimOptions.defaults().withComputeMax(new Microversion(2, 41)))) {
            Path file = Files.writeString(folder.resolve("clouds.yaml"), old.cloudsYaml());
            try (Served served = new Served(file, folder)) {
                CreateServerRequest.Builder request = shape().clearNetworks();
                request.addNicsBuilder().setNetwork("private-demo");
                String untagged = served.client()
                        .<CreateServerResponse>call("CreateServer", request.build())
                        .getServer()
                        .getId();
                assertThat(untagged).isNotEmpty();
                request.getNicsBuilder(0).setTag("front");
                assertThatThrownBy(() -> served.client().call("CreateServer", request.build()))
                        .isInstanceOfSatisfying(
                                StatusRuntimeException.class,
                                failure ->
                                        assertThat(Client.reason(failure)).isEqualTo("UNIMPLEMENTED FEATURE_MISSING"))
                        .hasMessageContaining("`nics.tag` needs microversion 2.42");
            }
        }
    }
}
