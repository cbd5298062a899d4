package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.v1.Location;

/**
 * Servers of each shape in {@code made-twice.json}, created by oaktree and by the openstacksdk, are the same to their cloud.
 *
 * <p>The system property {@code oaktree.test.clouds} names a clouds.yaml with the clouds {@code demo} and {@code admin-demo} of the test
 * cloud, and {@code oaktree.test.python} a Python with the newest openstacksdk.
 */
@Tag("real")
class RealServersMadeTwiceTest {
    private static final String SHAPES = "made-twice.json";
    private static final String PROGRAM =
            Path.of("../testcloud/servers.py").toAbsolutePath().normalize().toString();
    private static final String PYTHON =
            Objects.requireNonNullElse(System.getProperty("oaktree.test.python"), "python3");
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDZ0aGlydHktdHdvLWJ5dGVzLW9mLWEtcHVibGljLWtl twice";
    private static final int PATIENCE = 170;
    private static final String CINDER = "block-storage";

    private final Path clouds = new TestCloud.Real().cloudsYaml(Path.of(""));
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** One of the two who make servers: what the shapes need is there for each, under his name. */
    private record Side(String name, String who, Map<String, String> given) {
        /** What he is asked for, by the name of the shape; the nameless one is what all have in common. */
        Map<String, Map<String, @Nullable Object>> shapes() throws IOException {
            try (InputStream file =
                    Objects.requireNonNull(RealServersMadeTwiceTest.class.getResourceAsStream(SHAPES))) {
                String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
                for (Map.Entry<String, String> each : given.entrySet()) {
                    text = text.replace("{" + each.getKey() + "}", each.getValue());
                }
                Map<String, @Nullable Object> all =
                        new LinkedHashMap<>(StockApi.object(JsonTree.read(text.getBytes(StandardCharsets.UTF_8))));
                Map<String, @Nullable Object> common = own(all.remove(""));
                Map<String, Map<String, @Nullable Object>> shapes = new LinkedHashMap<>();
                all.forEach((shape, sides) -> {
                    Map<String, @Nullable Object> whole = new LinkedHashMap<>(common);
                    whole.putAll(own(sides));
                    shapes.put(shape, whole);
                });
                return shapes;
            }
        }

        private Map<String, @Nullable Object> own(@Nullable Object sides) {
            return StockApi.object(StockApi.object(sides).get(who));
        }
    }

    private void takeAway() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    @Test
    void areTheSame(@TempDir Path folder) throws Exception {
        String run = UUID.randomUUID().toString().substring(0, 8);
        try (StockApi user = new StockApi(clouds, folder, "demo");
                StockApi admin = new StockApi(clouds, folder, "admin-demo");
                Served served = new Served(clouds, folder);
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> shapes = new ArrayList<>();
            try {
                Side sdk = side(user, "sdk-" + run, "openstacksdk", 201);
                Side oaktree = side(user, "oak-" + run, "oaktree", 202);
                List<Callable<Map<String, String>>> makers = List.of(
                        () -> byOpenstacksdk(user, sdk, folder), () -> byOaktree(user, oaktree, served.client()));
                List<Future<Map<String, String>>> made = both.invokeAll(makers);
                Map<String, String> first = made.getFirst().get();
                Map<String, String> second = made.getLast().get();
                ServerPortrait painter = new ServerPortrait(admin);
                SoftAssertions all = new SoftAssertions();
                for (String shape : sdk.shapes().keySet()) {
                    all.assertThat(painter.portrait(Objects.requireNonNull(second.get(shape)), oaktree.given()))
                            .as(shape)
                            .isEqualTo(painter.portrait(Objects.requireNonNull(first.get(shape)), sdk.given()));
                    shapes.add(shape);
                }
                all.assertAll();
            } finally {
                takeAway();
            }
            assertThat(shapes).hasSizeGreaterThanOrEqualTo(12);
            System.out.println("servers: real " + shapes.size()
                    + " shapes made by oaktree and by the openstacksdk, as many the same: "
                    + String.join(", ", shapes));
        }
    }

    private Side side(StockApi user, String name, String who, int host) {
        user.create("compute", "/os-keypairs", "keypair", Map.of("name", name, "public_key", PUBLIC_KEY));
        undo.push(() -> user.delete("compute", "/os-keypairs/" + name));
        make(user, "network", "/v2.0/security-groups", "security_group", Map.of("name", name));
        make(
                user,
                "compute",
                "/os-server-groups",
                "server_group",
                Map.of("name", name, "policies", List.of("anti-affinity")));
        Map<String, @Nullable Object> inside = user.list("network", "/v2.0/networks?name=private-demo", "networks")
                .getFirst();
        String outside =
                user.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
        String subnet = String.valueOf(((List<?>) Objects.requireNonNull(inside.get("subnets"))).getFirst());
        String cidr = StockApi.text(user.get("network", "/v2.0/subnets/" + subnet, "subnet"), "cidr");
        Map<String, @Nullable Object> port = make(
                user,
                "network",
                "/v2.0/ports",
                "port",
                Map.of("name", name, "network_id", StockApi.text(inside, "id")));
        Map<String, @Nullable Object> floatingIp =
                make(user, "network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside));
        String image = user.ids("image", "/v2/images?name=tiny", "images").getFirst();
        volume(user, Map.of("name", name + "-boot", "size", 1, "imageRef", image));
        volume(user, Map.of("name", name + "-data", "size", 1));
        return new Side(
                name,
                who,
                Map.of(
                        "side",
                        name,
                        "fixed",
                        cidr.substring(0, cidr.lastIndexOf('.') + 1) + host,
                        "port",
                        StockApi.text(port, "id"),
                        "floating_ip",
                        StockApi.text(floatingIp, "floating_ip_address")));
    }

    private Map<String, @Nullable Object> make(
            StockApi user, String service, String path, String name, Map<String, Object> resource) {
        Map<String, @Nullable Object> made = user.create(service, path, name, resource);
        undo.push(() -> user.delete(service, path + "/" + StockApi.text(made, "id")));
        return made;
    }

    private void volume(StockApi user, Map<String, Object> resource) {
        String id = StockApi.text(make(user, CINDER, "/volumes", "volume", resource), "id");
        Runnable isFree = () -> StockApi.until(
                "volume " + id + " is available",
                () -> StockApi.text(user.get(CINDER, "/volumes/" + id, "volume"), "status")
                        .equals("available"));
        isFree.run();
        // Before it is deleted: its server lets it go by and by.
        undo.push(isFree);
    }

    /** The IDs of the servers by the names of their shapes. Whatever was made of them is taken away in the end, also when one fails. */
    private Map<String, String> byOaktree(StockApi user, Side side, Client client) throws IOException {
        undoServers(user, side);
        Map<String, String> made = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, @Nullable Object>> shape :
                side.shapes().entrySet()) {
            CreateServerRequest.Builder request = CreateServerRequest.newBuilder();
            JsonFormat.parser().merge(new String(JsonTree.write(shape.getValue()), StandardCharsets.UTF_8), request);
            request.setName(side.name() + "-" + shape.getKey())
                    .setLocation(Location.newBuilder(request.getLocation()).setCloud("demo"))
                    .setWait(true);
            CreateServerResponse response = client.call("CreateServer", request.build(), PATIENCE);
            made.put(shape.getKey(), response.getServer().getId());
        }
        return made;
    }

    private Map<String, String> byOpenstacksdk(StockApi user, Side side, Path folder)
            throws IOException, InterruptedException {
        undoServers(user, side);
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        side.shapes().forEach((shape, own) -> arguments.put(side.name() + "-" + shape, own));
        Path input = Files.write(folder.resolve("servers.json"), JsonTree.write(arguments));
        Path output = folder.resolve("servers.out");
        Process process = new ProcessBuilder(
                        PYTHON, PROGRAM, "--clouds", clouds.toAbsolutePath().toString(), "--cloud", "demo")
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        Map<String, String> made = new LinkedHashMap<>();
        for (String line : Files.readAllLines(output)) {
            if (line.startsWith("{")) {
                Map<String, @Nullable Object> server =
                        StockApi.object(JsonTree.read(line.getBytes(StandardCharsets.UTF_8)));
                made.put(
                        StockApi.text(server, "name").substring(side.name().length() + 1), StockApi.text(server, "id"));
            }
        }
        return made;
    }

    /** Before the servers, their floating IPs; what a server's end takes along is waited for. */
    private void undoServers(StockApi user, Side side) {
        Runnable all = () -> {
            List<String> servers = user.ids("compute", "/servers?name=" + side.name(), "servers");
            for (String server : servers) {
                for (String port : user.ids("network", "/v2.0/ports?device_id=" + server, "ports")) {
                    user.ids("network", "/v2.0/floatingips?port_id=" + port, "floatingips")
                            .forEach(id -> user.delete("network", "/v2.0/floatingips/" + id));
                }
                user.delete("compute", "/servers/" + server);
            }
            StockApi.until(
                    "the servers are gone",
                    () -> user.ids("compute", "/servers?name=" + side.name(), "servers")
                            .isEmpty());
        };
        synchronized (undo) {
            undo.push(all);
        }
    }
}
