package org.openstack.oaktree.app.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One of each thing that a fresh project has none of, made through the cloud's own API and removed again: a server that can be reached
 * at a floating IP, a volume, a server group, a keypair and two ports of one name.
 */
final class OneOfEach implements AutoCloseable {
    private static final String NOVA = "compute";
    private static final String NEUTRON = "network";
    private static final String CINDER = "volumev3";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StockApi stock;
    private final String name;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final String server;
    private final String fixedIp;
    private final String floatingIp;

    /**
     * Makes them.
     *
     * @param publicKey of the keypair
     * @param name of everything that has a name
     */
    OneOfEach(StockApi stock, String name, String publicKey) {
        this.stock = stock;
        this.name = name;
        try {
            made(NOVA, "/os-keypairs", "keypair", Map.of("name", name, "public_key", publicKey), "name");
            made(NOVA, "/os-server-groups", "server_group", Map.of("name", name, "policies", List.of("anti-affinity")));
            String volume = made(CINDER, "/volumes", "volume", Map.of("name", name, "size", 1));
            Map<String, Object> twin = Map.of("name", twins(), "network_id", network());
            made(NEUTRON, "/v2.0/ports", "port", twin);
            made(NEUTRON, "/v2.0/ports", "port", twin);
            String port = made(NEUTRON, "/v2.0/ports", "port", Map.of("name", name, "network_id", network()));
            server = server(port);
            Map<String, @Nullable Object> address = stock.create(
                    NEUTRON,
                    "/v2.0/floatingips",
                    "floatingip",
                    Map.of("floating_network_id", external(), "port_id", port, "description", name));
            undo.push(() -> stock.delete(NEUTRON, "/v2.0/floatingips/" + StockApi.text(address, "id")));
            floatingIp = StockApi.text(address, "floating_ip_address");
            fixedIp = StockApi.text(address, "fixed_ip_address");
            becomes(CINDER, "/volumes/" + volume, "volume", "available");
            becomes(NOVA, "/servers/" + server, "server", "ACTIVE");
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private String made(String service, String path, String member, Map<String, Object> resource) {
        return made(service, path, member, resource, "id");
    }

    private String made(String service, String path, String member, Map<String, Object> resource, String idMember) {
        String id = StockApi.text(stock.create(service, path, member, resource), idMember);
        undo.push(() -> stock.delete(service, path + "/" + id));
        return id;
    }

    private String server(String port) {
        String image = StockApi.text(
                stock.list("image", "/v2/images?name=tiny", "images").getFirst(), "id");
        String flavor = stock.list(NOVA, "/flavors", "flavors").stream()
                .filter(candidate -> StockApi.text(candidate, "name").equals("m1.nano"))
                .map(candidate -> StockApi.text(candidate, "id"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> wanted = Map.of(
                "name",
                name,
                "imageRef",
                image,
                "flavorRef",
                flavor,
                "key_name",
                name,
                "networks",
                List.of(Map.of("port", port)));
        String id = StockApi.text(stock.create(NOVA, "/servers", "server", wanted), "id");
        undo.push(() -> {
            stock.delete(NOVA, "/servers/" + id);
            until(() -> stock.list(NOVA, "/servers", "servers").stream()
                    .noneMatch(other -> StockApi.text(other, "id").equals(id)));
        });
        return id;
    }

    private String network() {
        return StockApi.text(
                stock.list(NEUTRON, "/v2.0/networks?name=private-demo", "networks")
                        .getFirst(),
                "id");
    }

    private String external() {
        return StockApi.text(
                stock.list(NEUTRON, "/v2.0/networks?name=public", "networks").getFirst(), "id");
    }

    private void becomes(String service, String path, String member, String status) {
        until(() -> {
            Map<String, @Nullable Object> now = stock.get(service, path, member);
            String is = StockApi.text(now, "status");
            if (is.equalsIgnoreCase("error")) {
                throw new AssertionError(member + " " + name + " is in error: " + now);
            }
            return is.equals(status);
        });
    }

    private static void until(java.util.function.BooleanSupplier done) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the cloud did not get there in " + PATIENCE);
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** The name of everything that has a name. */
    String name() {
        return name;
    }

    /** The name of two ports. */
    String twins() {
        return name + "-twin";
    }

    /** The server's ID. */
    String server() {
        return server;
    }

    /** The server's address on its network. */
    String fixedIp() {
        return fixedIp;
    }

    /** The server's address outside. */
    String floatingIp() {
        return floatingIp;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        stock.close();
        if (first != null) {
            throw first;
        }
    }
}
