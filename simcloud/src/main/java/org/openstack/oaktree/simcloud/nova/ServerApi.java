package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** {@code /servers}, without what makes, acts on or describes one. */
final class ServerApi {
    private static final List<String> SORT_KEYS = List.of(
            "root_device_name",
            "task_state",
            "host",
            "instance_type_id",
            "uuid",
            "launched_at",
            "launch_index",
            "vm_state",
            "ramdisk_id",
            "progress",
            "power_state",
            "created_at",
            "image_ref",
            "user_id",
            "display_name",
            "display_description",
            "project_id",
            "access_ip_v6",
            "availability_zone",
            "hostname",
            "auto_disk_config",
            "locked_by",
            "access_ip_v4",
            "terminated_at",
            "updated_at",
            "locked",
            "kernel_id",
            "key_name",
            "config_drive",
            "node");

    private final Compute compute;
    private final ServerNetworks networks;
    private final ServerView views;
    private final Lifecycle lifecycle;

    ServerApi(Compute compute, ServerNetworks networks, ServerView views, Lifecycle lifecycle) {
        this.compute = compute;
        this.networks = networks;
        this.views = views;
        this.lifecycle = lifecycle;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.1/servers", call -> list(call, false))
                .add("GET", "/v2.1/servers/detail", call -> list(call, true))
                .add("GET", "/v2.1/servers/{id}", this::show)
                .add("DELETE", "/v2.1/servers/{id}", this::delete)
                .add("GET", "/v2.1/servers/{id}/os-volume_attachments", this::attachments);
    }

    private Answer list(Call call, boolean isDetailed) {
        Page page = Page.of(call, compute.maxLimit());
        ServerFilter filter = new ServerFilter(call, networks);
        List<Server> all = compute.servers().stream().filter(filter).toList();
        all = sorted(call, all);
        int start = page.start(all.stream().map(server -> server.id).toList());
        List<Server> shown = all.stream().skip(start).limit(page.limit()).toList();
        JsonObject answer = JsonObject.of(
                "servers",
                shown.stream()
                        .map(server -> isDetailed ? views.listed(call, server) : ServerView.brief(call, server))
                        .toList());
        if (page.hasNext(shown.size())) {
            answer.put("servers_links", Links.next(call, shown.getLast().id));
        }
        return Answer.json(200, answer);
    }

    /** Newest first, unless the call names keys; the first key counts most. */
    private static List<Server> sorted(Call call, List<Server> newestFirst) {
        List<String> keys = call.query().all("sort_key").toList();
        List<String> directions = call.query().all("sort_dir").toList();
        keys.forEach(ServerApi::requireKnown);
        if (keys.isEmpty()) {
            return directions.contains("asc") ? newestFirst.reversed() : newestFirst;
        }
        List<Server> sorted = new ArrayList<>(newestFirst);
        for (int i = keys.size() - 1; i >= 0; i--) {
            boolean isAscending = i < directions.size() && directions.get(i).equals("asc");
            Comparator<Server> byKey = order(keys.get(i));
            sorted.sort(isAscending ? byKey : byKey.reversed());
        }
        return sorted;
    }

    private static void requireKnown(String key) {
        if (!SORT_KEYS.contains(key)) {
            throw new ApiException(
                    400,
                    "Invalid input for query parameters sort_key. Value: " + key + ". " + Python.repr(key)
                            + " is not one of " + Python.repr(SORT_KEYS));
        }
    }

    private static Comparator<Server> order(String key) {
        return switch (key) {
            case "display_name" -> Comparator.comparing(server -> server.name);
            case "uuid" -> Comparator.comparing(server -> server.id);
            case "vm_state" -> Comparator.comparing(server -> server.vmState);
            case "updated_at" -> Comparator.comparing(server -> server.updatedAt);
            case "host", "node" -> Comparator.comparing(server -> server.host);
            case "availability_zone" -> Comparator.comparing(server -> server.zone);
            case "image_ref" -> Comparator.comparing(server -> server.imageId);
            case "user_id" -> Comparator.comparing(server -> server.userId);
            case "project_id" -> Comparator.comparing(server -> server.projectId);
            default -> Comparator.comparingLong(server -> server.number);
        };
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("server", views.shown(call, compute.serverOf(call))));
    }

    private Answer delete(Call call) {
        Server server = compute.serverOf(call);
        Nova.requireMember(call, "servers:delete");
        if (!"deleting".equals(server.taskState)) {
            lifecycle.delete(server);
        }
        return Answer.empty(204);
    }

    private Answer attachments(Call call) {
        Server server = compute.serverOf(call);
        List<JsonObject> list = server.attachments.stream()
                .map(attachment -> view(call, server, attachment))
                .toList();
        return Answer.json(200, JsonObject.of("volumeAttachments", list));
    }

    private static JsonObject view(Call call, Server server, Server.Attachment attachment) {
        boolean hasMapping = call.version().has(89);
        return JsonObject.of("volumeId", attachment.volumeId())
                .put("serverId", server.id)
                .put("device", attachment.device())
                .putIf(!hasMapping, "id", attachment.volumeId())
                .putIf(call.version().has(70), "tag", attachment.tag())
                .putIf(call.version().has(79), "delete_on_termination", attachment.deletesVolume())
                .putIf(hasMapping, "attachment_id", attachment.attachmentId())
                .putIf(hasMapping, "bdm_uuid", attachment.mappingId());
    }
}
