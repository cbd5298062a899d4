package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.compute.v1.DeleteServerResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerAddress;
import org.openstack.oaktree.compute.v1.ServerNic;
import org.openstack.oaktree.v1.Location;

/**
 * What servers can be made of: networks, addresses and ports, new and present volumes, hints; and what is left of it when they fail. What
 * shade did wrong is named by its place in the digest of shade's logic. A subclass says on which cloud.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerShapes {
    private static final int PATIENCE = 170;
    private static final String CINDER = "block-storage";
    private static final String NOVA = "compute";
    private static final String NEUTRON = "network";

    private final TestCloud cloud;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private StockApi stock;

    @SuppressWarnings("NullAway.Init") // Found before any case runs.
    private CreateServerRequest plain;

    private int cases;

    ServerShapes(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        Path file = cloud.cloudsYaml(folder);
        served = new Served(file, folder);
        stock = new StockApi(file, folder, cloud.cloud("demo"));
        plain = PlainServer.request(served.client(), here());
    }

    @AfterEach
    void takeAway() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        cases++;
    }

    @AfterAll
    void close() {
        served.close();
        stock.close();
        cloud.close();
        System.out.println("server shapes: " + cloud.name() + " " + cases + " cases");
    }

    final TestCloud cloud() {
        return cloud;
    }

    private Location here() {
        return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
    }

    private static String unique() {
        return "shape-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A request for a server of its own name that is waited for. */
    final CreateServerRequest.Builder shape() {
        return plain.toBuilder().setName(unique()).setWait(true);
    }

    private Server create(CreateServerRequest.Builder request) {
        CreateServerResponse response = served.client().call("CreateServer", request.build(), PATIENCE);
        undo.push(() -> delete(response.getServer().getId()));
        return response.getServer();
    }

    /** Deletes the server and sees it go. */
    private void delete(String id) {
        served.client()
                .<DeleteServerResponse>call(
                        "DeleteServer",
                        DeleteServerRequest.newBuilder()
                                .setLocation(here())
                                .setServer(id)
                                .setWait(true)
                                .build(),
                        PATIENCE);
    }

    /** What is said of the failure of a request. */
    final StatusRuntimeException failed(CreateServerRequest.Builder request) {
        try {
            create(request);
        } catch (StatusRuntimeException failure) {
            return failure;
        }
        throw new AssertionError("it was made: " + request);
    }

    /** Deletes the server that the failure says is left. */
    final void deleteNamed(StatusRuntimeException failure) {
        delete(named(failure));
    }

    private static String named(StatusRuntimeException failure) {
        return String.valueOf(failure.getMessage()).replaceFirst("(?s).* server (\\S+) is left.*", "$1");
    }

    private void refused(String reason, String words, Consumer<CreateServerRequest.Builder> odd) {
        CreateServerRequest.Builder request = shape();
        odd.accept(request);
        assertThatThrownBy(() -> create(request))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(Client.reason(failure))
                                .as(failure.getMessage())
                                .isEqualTo(reason))
                .hasMessageContaining(words);
        assertThat(stock.list(NOVA, "/servers?name=" + request.getName(), "servers"))
                .isEmpty();
    }

    private String id(Map<String, @Nullable Object> resource) {
        return StockApi.text(resource, "id");
    }

    /** A volume of 1 GiB that servers can boot from; its ID. */
    private String volume(String name) {
        String image = stock.ids("image", "/v2/images?name=" + plain.getImage(), "images")
                .getFirst();
        String id = id(stock.create(CINDER, "/volumes", "volume", Map.of("name", name, "size", 1, "imageRef", image)));
        undo.push(() -> deleteVolume(id));
        becomes(id, "available");
        return id;
    }

    /** Deletes the volume, when no server has it any more, and sees it go. */
    final void deleteVolume(String id) {
        if (stock.find(CINDER, "/volumes/" + id, "volume").isEmpty()) {
            return;
        }
        becomes(id, "available");
        stock.delete(CINDER, "/volumes/" + id);
        isGone(id);
    }

    private void becomes(String volume, String status) {
        StockApi.until(
                "volume " + volume + " is " + status,
                () -> status.equals(StockApi.text(stock.get(CINDER, "/volumes/" + volume, "volume"), "status")));
    }

    final void isGone(String volume) {
        StockApi.until(
                "volume " + volume + " is gone",
                () -> stock.find(CINDER, "/volumes/" + volume, "volume").isEmpty());
    }

    final List<String> volumes() {
        return stock.ids(CINDER, "/volumes", "volumes");
    }

    private List<String> addresses(Server server) {
        return server.getAddressesList().stream().map(ServerAddress::getAddress).toList();
    }

    /** A port on the network of the plain server. */
    private Map<String, @Nullable Object> port(String name) {
        String network = stock.ids(NEUTRON, "/v2.0/networks?name=" + plain.getNetworks(0), "networks")
                .getFirst();
        Map<String, @Nullable Object> port =
                stock.create(NEUTRON, "/v2.0/ports", "port", Map.of("name", name, "network_id", network));
        undo.push(() -> stock.delete(NEUTRON, "/v2.0/ports/" + id(port)));
        return port;
    }

    private static String address(Map<String, @Nullable Object> port) {
        return StockApi.text(StockApi.objects(port.get("fixed_ips")).getFirst(), "ip_address");
    }

    /** §4.2, step 10: a network that was given by its name was found, and then refused for having one. */
    @Test
    void hasTheAddressOnANetworkAndThePortThatAreWanted() {
        Map<String, @Nullable Object> free = port(unique());
        stock.delete(NEUTRON, "/v2.0/ports/" + id(free));
        Map<String, @Nullable Object> port = port(unique());
        CreateServerRequest.Builder request = shape();
        request.clearNetworks()
                .addNics(ServerNic.newBuilder()
                        .setNetwork(plain.getNetworks(0))
                        .setFixedIp(address(free))
                        .setTag("front"))
                .addNics(ServerNic.newBuilder().setPort(StockApi.text(port, "name")));
        Server server = create(request);
        assertThat(addresses(server)).containsExactly(address(free), address(port));
        assertThat(StockApi.text(stock.get(NEUTRON, "/v2.0/ports/" + id(port), "port"), "device_id"))
                .isEqualTo(server.getId());

        delete(server.getId());
        assertThat(StockApi.text(stock.get(NEUTRON, "/v2.0/ports/" + id(port), "port"), "device_id"))
                .isEmpty();
        assertThat(stock.list(NEUTRON, "/v2.0/ports?device_id=" + server.getId(), "ports"))
                .isEmpty();
    }

    /** [BUG] §4.2: what was given was changed on the way, and could not be given a second time. */
    @Test
    void theSameNicsMakeASecondServer() {
        CreateServerRequest.Builder request = shape();
        request.clearNetworks().addNics(ServerNic.newBuilder().setNetwork(plain.getNetworks(0)));
        Server first = create(request);
        Server second = create(request);
        assertThat(second.getId()).isNotEqualTo(first.getId());
        assertThat(addresses(first)).hasSize(1);
        assertThat(addresses(second)).hasSize(1).doesNotContainAnyElementsOf(addresses(first));
    }

    @Test
    void bootsFromANewVolumeThatGoesWithIt() {
        Server server =
                create(shape().setBootFromVolume(true).setVolumeSizeGib(1).setTerminateVolume(true));
        assertThat(server.getImageId()).isEmpty();
        assertThat(server.getVolumeIdsList()).hasSize(1);
        String volume = server.getVolumeIds(0);
        Map<String, @Nullable Object> made = stock.get(CINDER, "/volumes/" + volume, "volume");
        assertThat(made).containsEntry("size", 1L).containsEntry("bootable", "true");

        delete(server.getId());
        isGone(volume);
    }

    @Test
    void bootsFromANewVolumeThatStays() {
        Server server = create(shape().setBootFromVolume(true).setVolumeSizeGib(1));
        String volume = server.getVolumeIds(0);
        delete(server.getId());
        becomes(volume, "available");
        deleteVolume(volume);
    }

    /** [BUG] §4.2: a volume to boot from was not enough when it was given by its old name. */
    @Test
    void bootsFromAVolumeThatIsThere() {
        String name = unique();
        String volume = volume(name);
        Server server = create(shape().clearImage().setBootVolume(name));
        assertThat(server.getImageId()).isEmpty();
        assertThat(server.getVolumeIdsList()).containsExactly(volume);

        delete(server.getId());
        becomes(volume, "available");
    }

    @Test
    void theVolumeThatItBootsFromGoesWithItWhenThatIsWanted() {
        String volume = volume(unique());
        Server server = create(shape().clearImage().setBootVolume(volume).setTerminateVolume(true));
        assertThat(server.getVolumeIdsList()).containsExactly(volume);
        delete(server.getId());
        isGone(volume);
    }

    @Test
    void hasFurtherVolumesBesideItsImage() {
        String name = unique();
        String first = volume(name);
        String second = volume(unique());
        Server server = create(shape().addVolumes(name).addVolumes(second));
        assertThat(server.getImageId()).isNotEmpty();
        assertThat(server.getVolumeIdsList()).containsExactlyInAnyOrder(first, second);

        delete(server.getId());
        becomes(first, "available");
        becomes(second, "available");
    }

    @Test
    void hasFurtherVolumesBehindTheOneThatItBootsFromAndThoseOfItsProperties() {
        String raw = volume(unique());
        String further = volume(unique());
        Map<String, Object> mapping =
                Map.of("boot_index", -1, "source_type", "volume", "destination_type", "volume", "uuid", raw);
        Server server = create(shape().setBootFromVolume(true)
                .setVolumeSizeGib(1)
                .setTerminateVolume(true)
                .addVolumes(further)
                .setProperties(Struct.newBuilder().putFields("block_device_mapping_v2", list(struct(mapping)))));
        assertThat(server.getVolumeIdsList()).hasSize(3).contains(raw, further);
    }

    private static Value list(Value... values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(List.of(values)))
                .build();
    }

    private static Value struct(Map<String, Object> members) {
        Struct.Builder struct = Struct.newBuilder();
        members.forEach((name, value) -> struct.putFields(
                name,
                value instanceof Integer number
                        ? Value.newBuilder().setNumberValue(number).build()
                        : text(value.toString())));
        return Value.newBuilder().setStructValue(struct).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    /** A server group; its ID. */
    private String group(String name) {
        String id = id(stock.create(
                NOVA, "/os-server-groups", "server_group", Map.of("name", name, "policies", List.of("affinity"))));
        undo.push(() -> stock.delete(NOVA, "/os-server-groups/" + id));
        return id;
    }

    private List<?> members(String group) {
        return (List<?>) Objects.requireNonNull(
                stock.get(NOVA, "/os-server-groups/" + group, "server_group").get("members"));
    }

    @Test
    void theSchedulerIsToldTheGroupAndEveryHint() {
        String name = unique();
        String group = group(name);
        String another = group(unique());
        Struct.Builder hints = Struct.newBuilder()
                .putFields("different_host", list(text(UUID.randomUUID().toString())))
                .putFields("rank", Value.newBuilder().setNumberValue(7).build())
                .putFields("spread", Value.newBuilder().setBoolValue(true).build())
                .putFields("group", text(another));
        Server both = create(shape().setGroup(name).setSchedulerHints(hints));
        assertThat(members(group)).isEqualTo(List.of(both.getId()));
        assertThat(members(another)).isEqualTo(List.of());

        Server hinted = create(shape().setSchedulerHints(hints));
        assertThat(members(another)).isEqualTo(List.of(hinted.getId()));

        refused(
                "INVALID_ARGUMENT REFUSED_BY_CLOUD",
                "different_host",
                request -> request.setGroup(name)
                        .setSchedulerHints(Struct.newBuilder().putFields("different_host", text("no server"))));
        for (Value odd : List.of(Value.getDefaultInstance(), struct(Map.of("a", 1)), list(list(text("a"))))) {
            refused(
                    "INVALID_ARGUMENT INVALID_FIELD",
                    "scheduler_hints",
                    request -> request.setSchedulerHints(Struct.newBuilder().putFields("odd", odd)));
        }
        refused(
                "INVALID_ARGUMENT INVALID_FIELD",
                "scheduler_hints",
                request -> request.setSchedulerHints(Struct.newBuilder()
                        .putFields(
                                "number",
                                Value.newBuilder().setNumberValue(Double.NaN).build())));
    }

    /** §4.2, step 14: a password that was given was lost on the way. */
    @Test
    void thePasswordThatWasGivenIsToldOnce() {
        CreateServerResponse response = served.client()
                .call("CreateServer", shape().setAdminPassword("correct horse").build(), PATIENCE);
        undo.push(() -> delete(response.getServer().getId()));
        assertThat(response.getAdminPassword()).isEqualTo("correct horse");
    }

    /** §4.2, step 11: what was not found ended in an error of the program. */
    @Test
    void whatIsNotThereIsSaidByTheFieldThatNamesIt() {
        String absent = "NOT_FOUND RESOURCE_NOT_FOUND";
        refused(absent, "image: ", request -> request.setImage("no-such-image"));
        refused(absent, "flavor: ", request -> request.setFlavor("no-such-flavor"));
        refused(absent, "boot_volume: ", request -> request.clearImage().setBootVolume("no-such-volume"));
        refused(absent, "volumes: ", request -> request.addVolumes("no-such-volume"));
        refused(
                absent,
                "nics.network: ",
                request -> request.clearNetworks()
                        .addNics(ServerNic.newBuilder().setNetwork(plain.getNetworks(0)))
                        .addNics(ServerNic.newBuilder().setNetwork("no-such-network")));
        refused(
                absent,
                "nics.port: ",
                request -> request.clearNetworks()
                        .addNics(
                                ServerNic.newBuilder().setPort(UUID.randomUUID().toString())));
    }

    @Test
    void whatContradictsItselfIsNotSent() {
        String invalid = "INVALID_ARGUMENT INVALID_FIELD";
        ServerNic.Builder nic = ServerNic.newBuilder().setNetwork(plain.getNetworks(0));
        ServerNic.Builder port = ServerNic.newBuilder().setPort("any");
        refused(invalid, "nics", request -> request.addNics(nic));
        refused(invalid, "nics", request -> request.clearNetworks().addNics(ServerNic.newBuilder()));
        refused(
                invalid,
                "nics",
                request -> request.clearNetworks().addNics(nic.clone().setPort("any")));
        refused(
                invalid,
                "nics.fixed_ip",
                request -> request.clearNetworks().addNics(port.clone().setFixedIp("192.0.2.7")));
        refused(
                invalid,
                "nics.tag",
                request -> request.clearNetworks().addNics(nic.clone().setTag("\uD83C\uDF33")));
        refused(
                invalid,
                "no_networks",
                request -> request.clearNetworks().addNics(nic).setNoNetworks(true));
        refused(invalid, "image", CreateServerRequest.Builder::clearImage);
        refused(invalid, "boot_volume", request -> request.setBootVolume("any"));
        refused(
                invalid,
                "boot_from_volume",
                request -> request.clearImage().setBootVolume("any").setBootFromVolume(true));
        refused(invalid, "volume_size_gib", request -> request.setVolumeSizeGib(1));
        refused(
                invalid,
                "volume_size_gib",
                request -> request.setBootFromVolume(true).setVolumeSizeGib(0));
        refused(invalid, "terminate_volume", request -> request.setTerminateVolume(true));
        refused(
                invalid,
                "properties",
                request -> request.setBootFromVolume(true)
                        .setProperties(Struct.newBuilder().putFields("block_device_mapping_v2", text("none"))));
    }

    @Test
    void ofOneThatFailsWhileItIsWaitedForTheNewVolumeGoesAndTheOthersStay() {
        String further = volume(unique());
        List<String> before = volumes();
        StatusRuntimeException failure = failed(shape().setBootFromVolume(true)
                .setVolumeSizeGib(1)
                .addVolumes(further)
                .putMetadata("testcloud_fail", "1"));
        assertThat(Client.reason(failure))
                .isIn("FAILED_PRECONDITION RESOURCE_FAILED", "RESOURCE_EXHAUSTED NO_CAPACITY");
        assertThat(failure.getMessage())
                .contains("It was deleted again. Volume ", ", which was made for it, was deleted again.")
                .doesNotContain(further);
        String made = String.valueOf(failure.getMessage())
                .replaceFirst("(?s).* Volume (\\S+), which was made for it.*", "$1");
        isGone(made);
        assertThat(volumes()).containsExactlyInAnyOrderElementsOf(before);
        becomes(further, "available");
    }

    @Test
    void oneThatFailsAndWouldTakeAVolumeAlongThatWasThereStays() {
        String name = unique();
        String volume = volume(name);
        StatusRuntimeException failure = failed(shape().clearImage()
                .setBootVolume(name)
                .setTerminateVolume(true)
                .putMetadata("testcloud_fail", "1"));
        assertThat(Client.reason(failure))
                .isIn("FAILED_PRECONDITION RESOURCE_FAILED", "RESOURCE_EXHAUSTED NO_CAPACITY");
        assertThat(failure.getMessage()).contains(" Its end would take volume " + volume + " along: server ");
        assertThat(stock.find(NOVA, "/servers/" + named(failure), "server")).isPresent();
        if (cloud instanceof TestCloud.Sim) {
            // The real nova itself has deleted it when the build failed.
            assertThat(volumes()).contains(volume);
        }
        deleteNamed(failure);
        isGone(volume);
    }
}
