package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.GetFlavorByRamRequest;
import org.openstack.oaktree.compute.v1.GetFlavorByRamResponse;
import org.openstack.oaktree.compute.v1.GetFlavorRequest;
import org.openstack.oaktree.compute.v1.GetFlavorResponse;
import org.openstack.oaktree.compute.v1.ListFlavorsRequest;
import org.openstack.oaktree.compute.v1.ListFlavorsResponse;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.http.Microversion;

/** Extra specs of flavors on a cloud whose lists do not tell them. */
class OldFlavorsTest {
    private static final String EXTRA_SPECS = "compute GET GetFlavorExtraSpecs";
    private static final Map<String, String> SPECS = Map.of("hw:cpu_policy", "dedicated");

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults().withComputeMax(new Microversion(2, 60)));

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    @BeforeEach
    void serve(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
        try (StockApi admin = new StockApi(file, folder, "simcloud-admin")) {
            String nano = admin.list("compute", "/flavors", "flavors").stream()
                    .filter(flavor -> StockApi.text(flavor, "name").equals("m1.nano"))
                    .map(flavor -> StockApi.text(flavor, "id"))
                    .findFirst()
                    .orElseThrow();
            admin.post("compute", "/flavors/" + nano + "/os-extra_specs", Map.of("extra_specs", SPECS));
        }
        served = new Served(file, folder);
    }

    @AfterEach
    void close() {
        served.close();
        cloud.close();
    }

    private Map<String, Map<String, String>> list(boolean withExtraSpecs, int maxAge) {
        ListFlavorsRequest.Builder request = ListFlavorsRequest.newBuilder()
                .setWithExtraSpecs(withExtraSpecs)
                .setMaxAge(Duration.newBuilder().setSeconds(maxAge));
        request.getLocationBuilder().setCloud("simcloud");
        return served.client().<ListFlavorsResponse>call("ListFlavors", request.build()).getFlavorsList().stream()
                .collect(Collectors.toMap(Flavor::getName, Flavor::getExtraSpecsMap));
    }

    @Test
    void areAskedForOnceForEachListAndOnlyWhenWanted() throws InterruptedException {
        assertThat(list(false, 0).get("m1.nano")).isEmpty();
        assertThat(served.upstream()).doesNotContainKey(EXTRA_SPECS);
        Map<String, Map<String, String>> told = list(true, 60);
        assertThat(told.get("m1.nano")).isEqualTo(SPECS);
        assertThat(told.get("m1.tiny")).isEmpty();
        assertThat(served.upstream()).isEqualTo(Map.of(EXTRA_SPECS, told.size()));
        assertThat(list(true, 60)).isEqualTo(told);
        assertThat(served.upstream()).as("kept").isEmpty();
        AtOnce.run(List.of(() -> list(true, 60), () -> list(true, 60), () -> list(false, 60)), 3);
        assertThat(served.upstream()).as("kept").isEmpty();
        assertThat(list(true, 0)).isEqualTo(told);
        assertThat(served.upstream())
                .as("a new list")
                .isEqualTo(Map.of("compute GET ListFlavors", 1, EXTRA_SPECS, told.size()));
    }

    @Test
    void areAskedForOneFlavorByOneCall() {
        list(false, 0);
        served.upstream();
        GetFlavorByRamRequest.Builder byRam =
                GetFlavorByRamRequest.newBuilder().setMinRamMib(1).setWithExtraSpecs(true);
        byRam.getLocationBuilder().setCloud("simcloud");
        Message chosen = served.client().call("GetFlavorByRam", byRam.build());
        assertThat(((GetFlavorByRamResponse) chosen).getFlavor().getExtraSpecsMap())
                .isEqualTo(SPECS);
        assertThat(served.upstream()).isEqualTo(Map.of(EXTRA_SPECS, 1));
        GetFlavorRequest.Builder get =
                GetFlavorRequest.newBuilder().setFlavor("m1.nano").setWithExtraSpecs(true);
        get.getLocationBuilder().setCloud("simcloud");
        Message found = served.client().call("GetFlavor", get.build());
        assertThat(((GetFlavorResponse) found).getFlavor().getExtraSpecsMap()).isEqualTo(SPECS);
        assertThat(served.upstream()).containsEntry(EXTRA_SPECS, 1);
    }

    /** Where the policy hides them there are none; a cloud that fails is no cloud without them. */
    @Test
    void areNoneWhereTheyAreHidden() {
        String path = "/v2.1/flavors/*/os-extra_specs";
        var hidden = cloud.faults()
                .add(FaultRule.on("compute", Fault.status(403, "no"))
                        .method("GET")
                        .path(path));
        assertThat(list(true, 0).get("m1.nano")).isEmpty();
        hidden.remove();
        cloud.faults()
                .add(FaultRule.on("compute", Fault.status(501, "broken"))
                        .method("GET")
                        .path(path));
        try {
            list(true, 0);
        } catch (StatusRuntimeException e) {
            return;
        }
        throw new AssertionError("a list without what was asked for");
    }
}
