package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.RawJson;
import org.openstack.oaktree.simcloud.world.Times;
import org.openstack.oaktree.simcloud.world.World;

/** Servers as nova shows them to this caller at this microversion. */
final class ServerView {
    private final World world;
    private final ServerNetworks networks;

    ServerView(World world, ServerNetworks networks) {
        this.world = world;
        this.networks = networks;
    }

    static JsonObject brief(Call call, Server server) {
        return JsonObject.of("id", server.id)
                .put("name", server.name)
                .put("links", Links.of(call, "servers", server.id));
    }

    /** The whole server as lists show it; rendered once as long as nothing in the cloud changes. */
    RawJson listed(Call call, Server server) {
        String kind = call.version() + " " + call.caller().isAdmin() + " " + call.serviceUrl();
        Server.Rendered known = server.rendered;
        if (known != null && known.kind().equals(kind) && known.revision() == world.revision()) {
            return known.view();
        }
        RawJson view = new RawJson(whole(call, server, false));
        server.rendered = new Server.Rendered(kind, world.revision(), view);
        return view;
    }

    /** The whole server as it is shown alone. */
    JsonObject shown(Call call, Server server) {
        return whole(call, server, true);
    }

    /** What an update answers: before 2.75 less than is shown otherwise. */
    JsonObject updated(Call call, Server server) {
        if (call.version().has(75)) {
            return shown(call, server);
        }
        JsonObject view = start(call, server, false);
        addNewer(call, server, view);
        return view;
    }

    private JsonObject whole(Call call, Server server, boolean isAlone) {
        JsonObject view = start(call, server, true);
        Microversion version = call.version();
        boolean isAdmin = call.caller().isAdmin();
        view.put("OS-EXT-AZ:availability_zone", server.host.isEmpty() ? "" : server.zone)
                .put("config_drive", server.hasConfigDrive ? "True" : "")
                .put("key_name", server.keyName)
                .put("OS-SRV-USG:launched_at", Times.microsOrNull(server.launchedAt))
                .put("OS-SRV-USG:terminated_at", Times.microsOrNull(server.terminatedAt));
        List<JsonObject> groups = networks.groupNames(server).stream()
                .map(name -> JsonObject.of("name", name))
                .toList();
        view.putIf(!groups.isEmpty(), "security_groups", groups);
        if (isAdmin) {
            addHost(server, version, view);
        }
        view.put("OS-EXT-STS:task_state", server.taskState)
                .put("OS-EXT-STS:vm_state", server.vmState)
                .put("OS-EXT-STS:power_state", server.powerState)
                .put(
                        "os-extended-volumes:volumes_attached",
                        server.attachments.stream()
                                .map(attachment -> volume(attachment, version))
                                .toList());
        view.putIf(isAdmin && version.has(16), "host_status", server.host.isEmpty() ? "" : "UP");
        addNewer(call, server, view);
        view.putIf(isAlone && version.has(71), "server_groups", groupIds(server));
        return view;
    }

    private JsonObject start(Call call, Server server, boolean isFull) {
        String status = server.status();
        Microversion version = call.version();
        JsonObject view = JsonObject.of("id", server.id)
                .put("name", server.name)
                .put("status", status)
                .put("tenant_id", server.projectId)
                .put("user_id", server.userId)
                .put("metadata", metadata(server))
                .put("hostId", Hosts.idFor(server.projectId, server.host))
                .put("image", image(call, server))
                .put("flavor", version.has(47) ? embedded(server.flavor) : reference(call, server.flavor))
                .put("created", Times.seconds(server.createdAt))
                .put("updated", Times.seconds(server.updatedAt))
                .put("addresses", networks.addresses(server, isFull))
                .put("accessIPv4", server.accessIpV4)
                .put("accessIPv6", server.accessIpV6)
                .put("links", Links.of(call, "servers", server.id))
                .put("OS-DCF:diskConfig", server.diskConfig);
        view.putIf(server.fault != null && Status.hasFault(status), "fault", server.fault);
        return view.putIf(Status.hasProgress(status), "progress", 0);
    }

    private static void addHost(Server server, Microversion version, JsonObject view) {
        String host = server.host.isEmpty() ? null : server.host;
        view.put("OS-EXT-SRV-ATTR:host", host)
                .put("OS-EXT-SRV-ATTR:instance_name", "instance-%08x".formatted(server.number))
                .put("OS-EXT-SRV-ATTR:hypervisor_hostname", host);
        if (version.has(3)) {
            view.put("OS-EXT-SRV-ATTR:reservation_id", server.reservationId)
                    .put("OS-EXT-SRV-ATTR:launch_index", 0)
                    .put("OS-EXT-SRV-ATTR:hostname", server.hostname)
                    .put("OS-EXT-SRV-ATTR:kernel_id", "")
                    .put("OS-EXT-SRV-ATTR:ramdisk_id", "")
                    .put("OS-EXT-SRV-ATTR:root_device_name", server.rootDevice)
                    .put("OS-EXT-SRV-ATTR:user_data", server.userData);
        }
    }

    private static void addNewer(Call call, Server server, JsonObject view) {
        Microversion version = call.version();
        view.putIf(version.has(9), "locked", server.isLocked)
                .putIf(version.has(73), "locked_reason", server.lockedReason)
                .putIf(version.has(19), "description", server.description)
                .putIf(version.has(26), "tags", List.copyOf(server.tags))
                .putIf(version.has(63), "trusted_image_certificates", null)
                .putIf(version.has(90), "OS-EXT-SRV-ATTR:hostname", server.hostname);
    }

    private static JsonObject volume(Server.Attachment attachment, Microversion version) {
        return JsonObject.of("id", attachment.volumeId())
                .putIf(version.has(3), "delete_on_termination", attachment.deletesVolume());
    }

    private static List<String> groupIds(Server server) {
        return server.groupId.isEmpty() ? List.of() : List.of(server.groupId);
    }

    private static JsonObject metadata(Server server) {
        JsonObject metadata = JsonObject.of();
        server.metadata.forEach(metadata::put);
        return metadata;
    }

    private static Object image(Call call, Server server) {
        return server.imageId.isEmpty()
                ? ""
                : JsonObject.of("id", server.imageId)
                        .put("links", List.of(Links.bookmark(call, "images", server.imageId)));
    }

    private static JsonObject reference(Call call, Flavor flavor) {
        return JsonObject.of("id", flavor.id()).put("links", List.of(Links.bookmark(call, "flavors", flavor.id())));
    }

    private static JsonObject embedded(Flavor flavor) {
        JsonObject specs = JsonObject.of();
        flavor.extraSpecs().forEach(specs::put);
        return JsonObject.of("vcpus", flavor.vcpus())
                .put("ram", flavor.ramMib())
                .put("disk", flavor.diskGib())
                .put("ephemeral", flavor.ephemeralGib())
                .put("swap", flavor.swapMib())
                .put("original_name", flavor.name())
                .put("extra_specs", specs);
    }
}
