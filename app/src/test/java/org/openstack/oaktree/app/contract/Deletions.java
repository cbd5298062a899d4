package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.blockstorage.v1.DeleteVolumeRequest;
import org.openstack.oaktree.blockstorage.v1.DeleteVolumeResponse;
import org.openstack.oaktree.blockstorage.v1.ListVolumesRequest;
import org.openstack.oaktree.blockstorage.v1.ListVolumesResponse;
import org.openstack.oaktree.network.v1.DeletePortRequest;
import org.openstack.oaktree.network.v1.DeletePortResponse;
import org.openstack.oaktree.network.v1.ListPortsRequest;
import org.openstack.oaktree.network.v1.ListPortsResponse;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Query;

/** What was made past oaktree is deleted through it, once. A subclass says on which cloud. */
abstract class Deletions {
    private static final int PATIENCE = 170;
    private static final String GONE = "00000000-0000-0000-0000-000000000001";

    private final TestCloud cloud;
    private final String name = "deletions-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    Deletions(TestCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void portsAndVolumesAreDeletedOnce() throws IOException {
        Path file = cloud.cloudsYaml(folder);
        try (cloud;
                StockApi user = new StockApi(file, folder, cloud.cloud("demo"));
                Served served = new Served(file, folder)) {
            port(user, served.client());
            volume(user, served.client());
            System.out.println("deletions: " + cloud.name() + " a port and a volume, each deleted once");
        }
    }

    private void port(StockApi user, Client client) {
        String network = StockApi.text(user.create("network", "/v2.0/networks", "network", Map.of("name", name)), "id");
        String id = StockApi.text(
                user.create("network", "/v2.0/ports", "port", Map.of("name", name, "network_id", network)), "id");
        try {
            DeletePortRequest request = DeletePortRequest.newBuilder()
                    .setLocation(here())
                    .setPort(name)
                    .build();
            DeletePortResponse first = client.call("DeletePort", request, PATIENCE);
            assertThat(first.getDeleted()).isTrue();
            assertThat(first.getId()).isEqualTo(id);
            assertThat(user.find("network", "/v2.0/ports/" + id, "port")).isEmpty();
            for (String nameOrId : new String[] {name, id}) {
                DeletePortResponse again = client.call(
                        "DeletePort", request.toBuilder().setPort(nameOrId).build(), PATIENCE);
                assertThat(again).isEqualTo(DeletePortResponse.getDefaultInstance());
            }
            assertThat(client.<ListPortsResponse>call(
                                    "ListPorts",
                                    ListPortsRequest.newBuilder()
                                            .setLocation(here())
                                            .setMaxAge(Duration.newBuilder().setSeconds(PATIENCE))
                                            .build())
                            .getPortsList())
                    .noneMatch(port -> port.getId().equals(id));
        } finally {
            user.delete("network", "/v2.0/ports/" + id);
            user.delete("network", "/v2.0/networks/" + network);
        }
    }

    /** As a program cleans up behind servers that failed: ports that are down, and of a server or of nobody. */
    @Test
    void portsOfServersThatAreGoneAreFoundAndDeleted() throws IOException {
        Path file = cloud.cloudsYaml(folder);
        try (cloud;
                StockApi user = new StockApi(file, folder, cloud.cloud("demo"));
                Served served = new Served(file, folder)) {
            String network =
                    StockApi.text(user.create("network", "/v2.0/networks", "network", Map.of("name", name)), "id");
            List<String> ports = List.of(
                    port(user, Map.of("network_id", network)),
                    port(user, Map.of("network_id", network, "device_owner", "compute:nova", "device_id", GONE)));
            port(user, Map.of("network_id", network, "device_owner", "manila:share"));
            try {
                String query = "[?network_id=='" + network
                        + "' && status=='DOWN' && (device_owner=='' || starts_with(device_owner, 'compute:'))]";
                served.upstream();
                ListPortsResponse left = served.client()
                        .call(
                                "ListPorts",
                                ListPortsRequest.newBuilder()
                                        .setLocation(here())
                                        .setQuery(Query.newBuilder().setJmespath(query))
                                        .build());
                assertThat(left.getPortsList()).extracting(Port::getId).containsExactlyInAnyOrderElementsOf(ports);
                assertThat(served.upstream()).containsEntry("network GET ListPorts", 1);
                for (Port port : left.getPortsList()) {
                    DeletePortRequest request = DeletePortRequest.newBuilder()
                            .setLocation(here())
                            .setPort(port.getId())
                            .build();
                    assertThat(served.client()
                                    .<DeletePortResponse>call("DeletePort", request)
                                    .getDeleted())
                            .isTrue();
                }
                assertThat(served.upstream()).containsEntry("network DELETE DeletePort", ports.size());
            } finally {
                user.ids("network", "/v2.0/ports?network_id=" + network, "ports")
                        .forEach(id -> user.delete("network", "/v2.0/ports/" + id));
                user.delete("network", "/v2.0/networks/" + network);
            }
        }
    }

    private static String port(StockApi user, Map<String, Object> resource) {
        return StockApi.text(user.create("network", "/v2.0/ports", "port", resource), "id");
    }

    private void volume(StockApi user, Client client) {
        String id = StockApi.text(
                user.create("block-storage", "/volumes", "volume", Map.of("name", name, "size", 1)), "id");
        String path = "/volumes/" + id;
        StockApi.until(
                path + " is available",
                () -> StockApi.text(user.get("block-storage", path, "volume"), "status")
                        .equals("available"));
        DeleteVolumeRequest request = DeleteVolumeRequest.newBuilder()
                .setLocation(here())
                .setVolume(name)
                .setWait(true)
                .build();
        DeleteVolumeResponse first = client.call("DeleteVolume", request, PATIENCE);
        assertThat(first.getDeleted()).isTrue();
        assertThat(first.getId()).isEqualTo(id);
        assertThat(user.find("block-storage", path, "volume")).isEmpty();
        for (String nameOrId : new String[] {name, id}) {
            DeleteVolumeResponse again = client.call(
                    "DeleteVolume", request.toBuilder().setVolume(nameOrId).build(), PATIENCE);
            assertThat(again).isEqualTo(DeleteVolumeResponse.getDefaultInstance());
        }
        assertThat(client.<ListVolumesResponse>call(
                                "ListVolumes",
                                ListVolumesRequest.newBuilder()
                                        .setLocation(here())
                                        .setMaxAge(Duration.newBuilder().setSeconds(PATIENCE))
                                        .build())
                        .getVolumesList())
                .noneMatch(volume -> volume.getId().equals(id));
    }

    private Location here() {
        return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
    }
}
