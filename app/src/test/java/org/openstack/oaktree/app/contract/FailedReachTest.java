package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.ServerReach;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;

/** Servers that are ACTIVE and cannot be made reachable. */
class FailedReachTest {
    private static final int PATIENCE = 40;

    @SuppressWarnings("NullAway.Init") // Made before each test.
    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private CreateServerResponse create(CreateServerRequest request) {
        return scene.served.client().call("CreateServer", request, PATIENCE);
    }

    private StatusRuntimeException failed(CreateServerRequest request) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> create(request));
    }

    private Faults.Active attach(Fault fault) {
        return scene.cloud
                .faults()
                .add(FaultRule.on("network", fault).method("POST").path("/v2.0/floatingips"));
    }

    private List<String> made() {
        return scene.user.ids("compute", "/servers?name=" + Scene.MADE, "servers");
    }

    /** Whoever has no time left may come again: the server is ACTIVE. */
    @Test
    void stayWhenTheTimeIsOverAndAreReachedByARepeat() {
        String before = scene.state();
        Faults.Active slow = attach(new Fault.Delay(java.time.Duration.ofSeconds(20)));
        CreateServerRequest request = Operation.reachable().toBuilder()
                .setTimeout(Duration.newBuilder().setSeconds(5))
                .build();
        StatusRuntimeException failure = failed(request);
        slow.remove();
        assertThat(Client.reason(failure)).isEqualTo("DEADLINE_EXCEEDED WAIT_TIMED_OUT");
        String id = made().getFirst();
        assertThat(failure.getMessage()).contains("Server " + id + " stays.");

        CreateServerResponse again = create(request);
        assertThat(again.getCreated()).isFalse();
        assertThat(again.getServer().getId()).isEqualTo(id);
        assertThat(Scene.change(before, scene.state()))
                .isEqualTo(Scene.sorted("+ server made ACTIVE, + floating IP to made"));
    }

    /** What was attached to it meanwhile is its user's, who gave it no name either. */
    @Test
    void takeOnlyTheVolumeAlongThatWasMadeForThem() throws Exception {
        String volume =
                StockApi.text(scene.user.create("block-storage", "/volumes", "volume", Map.of("size", 1)), "id");
        StockApi.until("the volume is available", () -> status(volume).equals("available"));
        String before = scene.state();
        Faults.Active slow = attach(new Fault.Delay(java.time.Duration.ofSeconds(5)));
        // Floating IPs come from external networks only: it is refused.
        CreateServerRequest request = Operation.reachable().toBuilder()
                .setBootFromVolume(true)
                .setVolumeSizeGib(1)
                .setReach(ServerReach.newBuilder().setIpPool(Scene.NAME).setReuseIps(false))
                .build();
        CompletableFuture<StatusRuntimeException> failure = CompletableFuture.supplyAsync(() -> failed(request));
        StockApi.until("the floating IP is asked for", () -> slow.struck() > 0);
        scene.user.create(
                "compute",
                "/servers/" + made().getFirst() + "/os-volume_attachments",
                "volumeAttachment",
                Map.of("volumeId", volume));
        assertThat(failure).isNotDone();

        assertThat(Client.reason(failure.get())).isEqualTo("INVALID_ARGUMENT REFUSED_BY_CLOUD");
        assertThat(failure.get().getMessage()).contains("was deleted again").doesNotContain(volume);
        StockApi.until("the volume is free again", () -> status(volume).equals("available"));
        assertThat(scene.state()).isEqualTo(before);
    }

    private String status(String volume) {
        return StockApi.text(scene.user.get("block-storage", "/volumes/" + volume, "volume"), "status");
    }
}
