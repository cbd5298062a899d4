package org.openstack.oaktree.simcloud.nova;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** {@code /servers}: list, show, rename, delete. */
final class ServerApi {
    private static final List<String> SORT_KEYS = List.of(
            "access_ip_v4",
            "access_ip_v6",
            "auto_disk_config",
            "availability_zone",
            "config_drive",
            "created_at",
            "display_description",
            "display_name",
            "host",
            "hostname",
            "image_ref",
            "instance_type_id",
            "kernel_id",
            "key_name",
            "launch_index",
            "launched_at",
            "locked_by",
            "node",
            "power_state",
            "progress",
            "project_id",
            "ramdisk_id",
            "root_device_name",
            "task_state",
            "terminated_at",
            "updated_at",
            "user_id",
            "uuid",
            "vm_state");
    private static final Map<String, Comparator<Server>> ORDERS = Map.of(
            "display_name", Comparator.comparing(server -> server.name),
            "uuid", Comparator.comparing(server -> server.id),
            "updated_at", Comparator.comparing(server -> server.updatedAt),
            "vm_state", Comparator.comparing(server -> server.vmState),
            "task_state", Comparator.comparing(server -> String.valueOf(server.taskState)),
            "power_state", Comparator.comparingInt(server -> server.powerState),
            "host", Comparator.comparing(server -> server.host),
            "key_name", Comparator.comparing(server -> String.valueOf(server.keyName)),
            "availability_zone", Comparator.comparing(server -> server.zone));

    private final Compute compute;
    private final ServerView view;
    private final ServerNetworks networks;
    private final Lifecycle lifecycle;

    ServerApi(Compute compute, ServerView view, ServerNetworks networks, Lifecycle lifecycle) {
        this.compute = compute;
        this.view = view;
        this.networks = networks;
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/servers", call -> list(call, false))
                .add("GET", "/v2.1/servers/detail", call -> list(call, true))
                .add("GET", "/v2.1/servers/{id}", this::show)
                .add("PUT", "/v2.1/servers/{id}", this::update)
                .add("DELETE", "/v2.1/servers/{id}", this::delete);
    }

    private Answer list(Call call, boolean isDetailed) {
        Page page = Page.of(call, compute.maxLimit());
        ServerFilter filter = new ServerFilter(call, networks);
        List<Server> fitting =
                compute.servers().stream().filter(filter).sorted(order(call)).toList();
        int start = page.start(fitting.stream().map(server -> server.id).toList());
        List<Server> shown = fitting.stream().skip(start).limit(page.limit()).toList();
        JsonObject answer = JsonObject.of(
                "servers",
                shown.stream()
                        .map(server -> isDetailed ? view.listed(call, server) : ServerView.brief(call, server))
                        .toList());
        if (page.hasNext(shown.size())) {
            answer.put("servers_links", Links.next(call, shown.getLast().id));
        }
        return Answer.json(200, answer);
    }

    private static Comparator<Server> order(Call call) {
        Comparator<Server> newest =
                Comparator.comparingLong((Server server) -> server.number).reversed();
        List<String> keys = call.query().all("sort_key").toList();
        List<String> directions = call.query().all("sort_dir").toList();
        Comparator<Server> order = null;
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            requireSortKey(key);
            Comparator<Server> next = ORDERS.getOrDefault(key, Comparator.comparingLong(server -> server.number));
            boolean isAscending = !directions.isEmpty()
                    && directions.get(Math.min(i, directions.size() - 1)).equals("asc");
            Comparator<Server> directed = isAscending ? next : next.reversed();
            order = order == null ? directed : order.thenComparing(directed);
        }
        return order == null ? newest : order.thenComparing(newest);
    }

    private static void requireSortKey(String key) {
        if (!SORT_KEYS.contains(key)) {
            throw new ApiException(
                    400,
                    "Invalid input for query parameters sort_key. Value: " + key + ". " + Python.repr(key)
                            + " is not one of " + Python.repr(SORT_KEYS));
        }
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("server", view.shown(call, find(call))));
    }

    private Answer update(Call call) {
        ServerSchema.update(call.version()).check("", call.json());
        Server server = find(call);
        JsonObject wanted = call.jsonObject().object("server");
        server.name = wanted.text("name", server.name);
        server.accessIpV4 = wanted.text("accessIPv4", server.accessIpV4);
        server.accessIpV6 = wanted.text("accessIPv6", server.accessIpV6);
        server.diskConfig = wanted.text("OS-DCF:diskConfig", server.diskConfig);
        server.hostname = wanted.text("hostname", server.hostname);
        if (wanted.has("description")) {
            server.description = wanted.get("description") instanceof String text ? text : null;
        }
        server.updatedAt = lifecycle.now();
        return Answer.json(200, JsonObject.of("server", view.updated(call, server)));
    }

    private Answer delete(Call call) {
        Server server = find(call);
        if (server.isLocked && !call.caller().isAdmin()) {
            throw new ApiException(409, "Instance " + server.id + " is locked");
        }
        lifecycle.delete(server);
        return Answer.empty(204);
    }

    private Server find(Call call) {
        String id = call.variable("id");
        return compute.server(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Instance " + id + " could not be found."));
    }
}
