package org.openstack.oaktree.simcloud.nova;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Times;
import org.openstack.oaktree.simcloud.world.World;

/**
 * What happens to servers by and by. Two words in a server's metadata steer its build: {@code testcloud_delay} = so many seconds more, {@code
 * testcloud_fail} = it ends in ERROR.
 */
final class Lifecycle {
    private static final int RUNNING = 1;

    private final World world;
    private final ServerNetworks networks;
    private final ServerVolumes volumes;
    private final Duration buildTime;
    private final Duration taskTime;

    Lifecycle(World world, ServerNetworks networks, ServerVolumes volumes, Duration buildTime, Duration taskTime) {
        this.world = world;
        this.networks = networks;
        this.volumes = volumes;
        this.buildTime = buildTime;
        this.taskTime = taskTime;
    }

    /** The time as nova keeps it: whole seconds. */
    Instant now() {
        return world.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Lets a new server find its machine, get its ports and volumes, and come up.
     *
     * @param disks makes the volumes
     */
    void build(Server server, ServerNetworks.Plan plan, String zone, Runnable disks) {
        Duration delay = buildTime.plus(Duration.ofSeconds(delaySeconds(server)));
        world.later(delay.dividedBy(4), now -> place(server, plan, zone, disks));
        world.later(delay, now -> finish(server));
    }

    private static long delaySeconds(Server server) {
        String text = server.metadata.getOrDefault("testcloud_delay", "0");
        return text.matches("[0-9]{1,6}") ? Long.parseLong(text) : 0;
    }

    private void place(Server server, ServerNetworks.Plan plan, String zone, Runnable disks) {
        if (server.isDeleted || !server.vmState.equals("building")) {
            return;
        }
        Hosts.Host host = Hosts.choose(zone, server.number);
        server.host = host.name();
        server.zone = host.zone();
        try {
            networks.connect(server, plan);
            disks.run();
            if (server.metadata.containsKey("testcloud_fail")) {
                throw new ApiException(500, "testcloud_fail is set");
            }
            if (server.taskState != null && !server.taskState.equals("deleting")) {
                server.become("building", "spawning", 0, now());
            }
        } catch (ApiException e) {
            networks.disconnect(server);
            server.host = "";
            fail(server, "Build of instance " + server.id + " aborted: " + e.message());
        }
    }

    private void finish(Server server) {
        if (server.isDeleted || !"spawning".equals(server.taskState)) {
            return;
        }
        networks.setActive(server, true);
        server.launchedAt = now();
        server.become("active", null, RUNNING, now());
    }

    private void fail(Server server, String message) {
        server.become("error", null, 0, now());
        server.fault =
                JsonObject.of("code", 500).put("created", Times.seconds(now())).put("message", message);
    }

    /** Shows the task for a while, then the state that it leads to. */
    void task(Server server, String task, Consumer<Server> end) {
        server.taskState = task;
        server.updatedAt = now();
        world.later(taskTime, now -> {
            if (!server.isDeleted && task.equals(server.taskState)) {
                end.accept(server);
            }
        });
    }

    /** As {@link #task}, ending in these states. */
    void task(Server server, String task, String vmState, int powerState) {
        task(server, task, done -> done.become(vmState, null, powerState, now()));
    }

    void delete(Server server) {
        server.taskState = "deleting";
        server.updatedAt = now();
        world.later(taskTime, now -> remove(server));
    }

    private void remove(Server server) {
        if (server.isDeleted) {
            return;
        }
        networks.disconnect(server);
        volumes.releaseAll(server);
        server.isDeleted = true;
        server.terminatedAt = now();
        server.become("deleted", null, 0, now());
    }

    /** What the server itself says at its console. */
    static String console(Server server, @Nullable Long lines) {
        String text = "oaktree test cloud\n" + server.name + " on " + server.host + "\nlogin: ";
        if (lines == null) {
            return text;
        }
        String[] all = text.split("\n", -1);
        int from = (int) Math.max(0, all.length - lines);
        return String.join("\n", Arrays.copyOfRange(all, from, all.length));
    }
}
