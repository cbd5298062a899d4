package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.v1.Location;

/** Which floating IPs DeleteUnattachedFloatingIps deletes, and what is left when a step of it fails. */
class OrphansTest {
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();
    private static final Duration AT_ONCE = Duration.getDefaultInstance();

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults());

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Started before each test.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Opened before each test.
    private StockApi user;

    @BeforeEach
    void serve() throws IOException {
        Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
        served = new Served(file, folder);
        user = new StockApi(file, folder, "simcloud");
    }

    @AfterEach
    void close() {
        served.close();
        user.close();
        cloud.close();
    }

    private Set<String> there() {
        return new HashSet<>(user.ids("network", "/v2.0/floatingips", "floatingips"));
    }

    private String own(String requestId) {
        return served.client()
                .<CreateFloatingIpResponse>call(
                        "CreateFloatingIp",
                        CreateFloatingIpRequest.newBuilder()
                                .setLocation(HERE)
                                .setRequestId(requestId)
                                .build())
                .getFloatingIp()
                .getId();
    }

    private String foreign() {
        String outside =
                user.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
        return StockApi.text(
                user.create("network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside)),
                "id");
    }

    private static DeleteUnattachedFloatingIpsRequest.Builder request() {
        return DeleteUnattachedFloatingIpsRequest.newBuilder().setLocation(HERE);
    }

    private List<String> prune(DeleteUnattachedFloatingIpsRequest.Builder request) {
        return served
                .client()
                .<DeleteUnattachedFloatingIpsResponse>call("DeleteUnattachedFloatingIps", request.build())
                .getFloatingIpsList()
                .stream()
                .map(FloatingIp::getId)
                .toList();
    }

    @Test
    void whatChangedAMomentAgoStays() {
        Set<String> made = Set.of(own("a"), own(""), foreign());
        assertThat(prune(request().setIncludeForeign(true))).isEmpty();
        assertThat(there()).containsAll(made);
    }

    @Test
    void onlyWhatOaktreeMadeIsItsOwn() {
        String foreign = foreign();
        String first = own("a");
        String second = own("");
        assertThat(prune(request().setMinAge(AT_ONCE).setDryRun(true))).containsExactlyInAnyOrder(first, second);
        assertThat(there()).contains(foreign, first, second);
        assertThat(prune(request().setMinAge(AT_ONCE))).containsExactlyInAnyOrder(first, second);
        assertThat(there()).contains(foreign).doesNotContain(first, second);
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).contains(foreign);
        assertThat(there()).doesNotContain(foreign);
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).isEmpty();
    }

    @Test
    void nothingForeignIsDeletedWhereTheCloudHeedsNoConditions() {
        cloud.faults()
                .add(FaultRule.on("network", Fault.status(404, "{}"))
                        .method("GET")
                        .path("/v2.0/extensions/revision-if-match"));
        String foreign = foreign();
        String own = own("");
        assertThat(prune(request().setMinAge(AT_ONCE).setIncludeForeign(true))).containsExactly(own);
        assertThat(there()).contains(foreign).doesNotContain(own);
    }

    @Test
    void whatChangesBetweenTheListAndTheDeletionStays() {
        own("a");
        cloud.faults()
                .add(FaultRule.on("network", Fault.status(412, "{}"))
                        .method("DELETE")
                        .path("/v2.0/floatingips/*"));
        DeleteUnattachedFloatingIpsResponse answer = served.client()
                .call(
                        "DeleteUnattachedFloatingIps",
                        request().setMinAge(AT_ONCE).build());
        assertThat(answer.getFloatingIpsList()).isEmpty();
        assertThat(answer.getKeptCount()).isEqualTo(1);
    }

    /** What is in the cloud when a step fails, before and after its effect, and after a repeat of the call. */
    @Test
    void aStepThatFailsKeepsNothingFromTheOthers() {
        Map<String, FaultRule> steps = new TreeMap<>();
        steps.put(
                "the list",
                FaultRule.on("network", Fault.status(500, "{}")).method("GET").path("/v2.0/floatingips"));
        steps.put(
                "the second look",
                FaultRule.on("network", Fault.status(500, "{}")).method("GET").path("/v2.0/floatingips/*-*"));
        steps.put(
                "the deletion",
                FaultRule.on("network", Fault.status(500, "{}"))
                        .method("DELETE")
                        .path("/v2.0/floatingips/*"));
        steps.put(
                "the answer to the deletion",
                FaultRule.on("network", Fault.status(500, "{}"))
                        .method("DELETE")
                        .path("/v2.0/floatingips/*")
                        .afterEffect());
        steps.forEach((step, fault) -> {
            int before = there().size();
            own("");
            own("");
            cloud.faults().add(fault);
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class, () -> prune(request().setMinAge(AT_ONCE)));
            cloud.faults().clear();
            int left = there().size() - before;
            System.out.println("orphans: two of oaktree's, " + step + " fails: " + Client.reason(failure) + ", " + left
                    + " left; after a repeat none");
            assertThat(left).as(step).isEqualTo(step.startsWith("the answer") ? 0 : 2);
            prune(request().setMinAge(AT_ONCE));
            assertThat(there()).as(step).hasSize(before);
        });
    }
}
