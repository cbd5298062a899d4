package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.network.v1.AcquireFloatingIpRequest;
import org.openstack.oaktree.network.v1.AcquireFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;

/** What is handed out to one caller, at the moments at which another call could take it. */
class AcquisitionTest {
    private static final int PATIENCE = 30;
    private static final java.time.Duration LATE = java.time.Duration.ofSeconds(5);
    private static final String PATH = "/v2.0/floatingips";

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

    private AcquireFloatingIpResponse acquire() {
        return scene.served
                .client()
                .call(
                        "AcquireFloatingIp",
                        AcquireFloatingIpRequest.newBuilder()
                                .setLocation(Scene.HERE)
                                .build(),
                        PATIENCE);
    }

    private List<String> unattached() {
        return scene.user.list("network", PATH, "floatingips").stream()
                .filter(floatingIp -> StockApi.text(floatingIp, "port_id").isEmpty())
                .map(floatingIp -> StockApi.text(floatingIp, "id"))
                .toList();
    }

    /** The cloud has made it and lists it; the call that made it does not know that yet. */
    @Test
    void whatIsBeingMadeForOneIsNobodyElses() throws Exception {
        scene.removeFloatingIp();
        scene.cloud
                .faults()
                .add(FaultRule.on("network", new Fault.Delay(LATE))
                        .method("POST")
                        .path(PATH)
                        .afterEffect()
                        .times(1));
        CompletableFuture<AcquireFloatingIpResponse> first = CompletableFuture.supplyAsync(this::acquire);
        StockApi.until("the cloud has made it", () -> !unattached().isEmpty());
        String inTheMaking = unattached().getFirst();

        AcquireFloatingIpResponse second = acquire();
        AddIpsToServerResponse added = scene.served
                .client()
                .call(
                        "AddIpsToServer",
                        AddIpsToServerRequest.newBuilder()
                                .setLocation(Scene.HERE)
                                .setServer(Scene.NAME)
                                .setReuse(true)
                                .build(),
                        PATIENCE);
        DeleteUnattachedFloatingIpsResponse pruned = scene.served
                .client()
                .call(
                        "DeleteUnattachedFloatingIps",
                        DeleteUnattachedFloatingIpsRequest.newBuilder()
                                .setLocation(Scene.HERE)
                                .setMinAge(Duration.getDefaultInstance())
                                .setIncludeForeign(true)
                                .build(),
                        PATIENCE);
        assertThat(first).isNotDone();

        assertThat(first.get().getFloatingIp().getId()).isEqualTo(inTheMaking);
        assertThat(first.get().getCreated()).isTrue();
        assertThat(second.getFloatingIp().getId()).isNotEqualTo(inTheMaking);
        assertThat(second.getCreated()).isTrue();
        assertThat(added.getFloatingIpsList())
                .hasSize(1)
                .noneMatch(floatingIp -> floatingIp.getId().equals(inTheMaking)
                        || floatingIp.getId().equals(second.getFloatingIp().getId()));
        assertThat(pruned.getFloatingIpsList()).isEmpty();
        assertThat(unattached())
                .containsExactlyInAnyOrder(inTheMaking, second.getFloatingIp().getId());
    }

    /** Somebody past this oaktree led it somewhere, or deleted it, after it was listed. */
    @Test
    void whatIsNotFreeAnyMoreIsNotHandedOut() {
        String old = scene.own.id("FloatingIps");
        Map<String, @Nullable Object> listed = new TreeMap<>(scene.user.get("network", PATH + "/" + old, "floatingip"));
        scene.lead();
        isNotHandedOut(listed);
        scene.removeFloatingIp();
        isNotHandedOut(listed);
    }

    private void isNotHandedOut(Map<String, @Nullable Object> listed) {
        String list = new String(
                JsonTree.write(Collections.singletonMap("floatingips", List.of(listed))), StandardCharsets.UTF_8);
        scene.cloud
                .faults()
                .add(FaultRule.on("network", new Fault.WrongBody("application/json", list))
                        .method("GET")
                        .path(PATH)
                        .times(1));
        AcquireFloatingIpResponse other = acquire();
        assertThat(other.getCreated()).isTrue();
        assertThat(other.getFloatingIp().getId()).isNotEqualTo(listed.get("id"));
    }
}
