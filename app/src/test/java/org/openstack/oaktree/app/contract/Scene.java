package org.openstack.oaktree.app.contract;

import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.v1.Location;

/**
 * A simulated cloud with one of everything that a project can have, all called {@link #NAME}, and before it an oaktree that knows nothing
 * of it yet. For one thread.
 */
final class Scene implements AutoCloseable {
    /** What is there in the beginning is called so. */
    static final String NAME = "steps";
    /** What an operation makes is called so. */
    static final String MADE = "made";

    static final Location HERE = Location.newBuilder().setCloud("simcloud").build();

    private static final int PATIENCE = 30;

    final SimCloud cloud = SimCloud.start(SimOptions.defaults().withTimes(Duration.ZERO, Duration.ZERO));
    final StockApi user;
    final Belongings own;
    final Served served;

    Scene(Path folder) throws IOException {
        Path own = Files.createTempDirectory(folder, "scene");
        Path file = Files.writeString(own.resolve("clouds.yaml"), cloud.cloudsYaml());
        this.user = new StockApi(file, own, "simcloud");
        this.own = Belongings.ofProject(user, NAME);
        this.served = new Served(file, own);
    }

    void call(String name, Message request) {
        served.client().call(name, request, PATIENCE);
    }

    /** Makes one more floating IP. */
    void addFloatingIp() {
        String outside =
                user.ids("network", "/v2.0/networks?name=public", "networks").getFirst();
        user.create("network", "/v2.0/floatingips", "floatingip", Map.of("floating_network_id", outside));
    }

    /** Takes the one floating IP away. */
    void removeFloatingIp() {
        user.delete("network", "/v2.0/floatingips/" + own.id("FloatingIps"));
    }

    /** Leads the one floating IP to the one server. */
    void lead() {
        String port = user.ids("network", "/v2.0/ports?device_id=" + own.id("Servers"), "ports")
                .getFirst();
        user.put(
                "network", "/v2.0/floatingips/" + own.id("FloatingIps"), Map.of("floatingip", Map.of("port_id", port)));
    }

    /** Stops the one server. */
    void stop() {
        user.act("compute", "/servers/" + own.id("Servers") + "/action", "os-stop");
        StockApi.until(
                "it is off",
                () -> StockApi.text(user.get("compute", "/servers/" + own.id("Servers"), "server"), "status")
                        .equals("SHUTOFF"));
    }

    /** All that operations change, as text: servers, floating IPs and where they lead, images, volumes, keypairs. */
    String state() {
        Map<String, String> serverOfPort = new TreeMap<>();
        List<String> all = new ArrayList<>();
        for (Map<String, @Nullable Object> server : user.list("compute", "/servers/detail", "servers")) {
            String name = StockApi.text(server, "name");
            String id = StockApi.text(server, "id");
            user.ids("network", "/v2.0/ports?device_id=" + id, "ports").forEach(port -> serverOfPort.put(port, name));
            all.add("server " + name + " " + StockApi.text(server, "status") + metadata(server));
        }
        for (Map<String, @Nullable Object> floatingIp : user.list("network", "/v2.0/floatingips", "floatingips")) {
            String port = StockApi.text(floatingIp, "port_id");
            all.add("floating IP" + (port.isEmpty() ? "" : " to " + serverOfPort.getOrDefault(port, "nothing")));
        }
        for (Map<String, @Nullable Object> image : user.list("image", "/v2/images", "images")) {
            if (StockApi.text(image, "visibility").equals("public")) {
                continue;
            }
            all.add("image " + StockApi.text(image, "name") + " " + StockApi.text(image, "status"));
        }
        for (Map<String, @Nullable Object> volume : user.list("block-storage", "/volumes/detail", "volumes")) {
            String name = StockApi.text(volume, "name");
            all.add("volume " + (name.isEmpty() ? "" : name + " ") + StockApi.text(volume, "status"));
        }
        for (Map<String, @Nullable Object> keypair : user.list("compute", "/os-keypairs", "keypairs")) {
            all.add("keypair " + StockApi.text(StockApi.object(keypair.get("keypair")), "name"));
        }
        return String.join(", ", all.stream().sorted().toList());
    }

    private static String metadata(Map<String, @Nullable Object> server) {
        Map<String, @Nullable Object> own = new TreeMap<>(StockApi.object(server.get("metadata")));
        own.keySet().removeIf(key -> key.startsWith("oaktree_"));
        return own.isEmpty() ? "" : " " + own.toString().replace(",", "");
    }

    /** What is there only after, and what only before. */
    static String change(String before, String after) {
        List<String> gone = new ArrayList<>(List.of(before.split(", ", -1)));
        List<String> come = new ArrayList<>();
        for (String one : after.split(", ", -1)) {
            if (!gone.remove(one)) {
                come.add("+ " + one);
            }
        }
        gone.forEach(one -> come.add("- " + one));
        return sorted(String.join(", ", come));
    }

    static String sorted(String change) {
        return String.join(
                ", ", List.of(change.split(", (?=[+-])", -1)).stream().sorted().toList());
    }

    @Override
    public void close() {
        served.close();
        user.close();
        cloud.close();
    }
}
