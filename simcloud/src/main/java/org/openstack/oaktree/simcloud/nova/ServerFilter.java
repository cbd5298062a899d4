package org.openstack.oaktree.simcloud.nova;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.json.Python;

/** Which servers a list call wants. What ordinary users may not ask by is ignored, as nova does. */
final class ServerFilter implements Predicate<Server> {
    private static final Set<String> KNOWN = Set.of(
            "limit",
            "marker",
            "sort_key",
            "sort_dir",
            "all_tenants",
            "name",
            "status",
            "image",
            "flavor",
            "ip",
            "ip6",
            "changes-since",
            "changes-before",
            "deleted",
            "tags",
            "tags-any",
            "not-tags",
            "not-tags-any",
            "reservation_id",
            "uuid",
            "host",
            "hostname",
            "node",
            "user_id",
            "project_id",
            "tenant_id",
            "vm_state",
            "task_state",
            "power_state",
            "availability_zone",
            "key_name",
            "config_drive",
            "description",
            "locked",
            "created_at",
            "launched_at",
            "terminated_at",
            "launch_index",
            "image_ref",
            "kernel_id",
            "ramdisk_id",
            "root_device_name",
            "progress",
            "access_ip_v4",
            "access_ip_v6",
            "auto_disk_config",
            "display_name",
            "display_description",
            "locked_by",
            "instance_type_id",
            "soft_deleted");
    private static final int STATUS_IS_JUDGED_SINCE = 38;
    private static final int USERS_ASK_MORE_SINCE = 83;

    private final Query query;
    private final Caller caller;
    private final boolean isForAllProjects;
    private final boolean asksMore;
    private final ServerNetworks networks;
    private final Instant since;
    private final Instant before;
    private final boolean asksDeleted;

    ServerFilter(Call call, ServerNetworks networks) {
        query = call.query();
        caller = call.caller();
        this.networks = networks;
        isForAllProjects = isForAllProjects(call);
        asksMore = caller.isAdmin() || call.version().has(USERS_ASK_MORE_SINCE);
        if (call.version().has(75)) {
            query.parameters().stream()
                    .map(Query.Parameter::name)
                    .filter(name -> !KNOWN.contains(name) && !name.startsWith("_"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new ApiException(400, Python.repr(name) + " does not match any of the regexes: '^_'");
                    });
        }
        since = time("changes-since");
        before = time("changes-before");
        asksDeleted = caller.isAdmin()
                && Set.of("1", "true").contains(query.value("deleted").toLowerCase(Locale.ROOT));
        if (call.version().has(STATUS_IS_JUDGED_SINCE)) {
            query.all("status").forEach(this::requireStatus);
        }
        pattern("name");
        pattern("ip");
    }

    private static boolean isForAllProjects(Call call) {
        String wanted = call.query().last("all_tenants").orElse("0").toLowerCase(Locale.ROOT);
        boolean isWanted = Set.of("", "1", "t", "true", "on", "y", "yes").contains(wanted);
        if (isWanted && !call.caller().isAdmin()) {
            String list = call.path().endsWith("/detail") ? "detail" : "index";
            throw Nova.forbidden("servers:" + list + ":get_all_tenants");
        }
        return isWanted;
    }

    private void requireStatus(String text) {
        String status = text.toUpperCase(Locale.ROOT);
        if (!Status.isKnown(status)) {
            throw new ApiException(400, "Invalid status value");
        }
        if (status.equals("DELETED") && !caller.isAdmin()) {
            throw new ApiException(403, "Only administrators may list deleted instances");
        }
    }

    @Override
    public boolean test(Server server) {
        return (isForAllProjects || server.projectId.equals(caller.projectId()))
                && fitsLife(server)
                && all("name", pattern -> find(pattern, server.name))
                && any("status", status -> server.status().equals(status.toUpperCase(Locale.ROOT)))
                && all("image", server.imageId::equals)
                && all("flavor", server.flavor.id()::equals)
                && all("reservation_id", server.reservationId::equals)
                && all("ip", pattern -> hasAddress(server, pattern, false))
                && all("ip6", pattern -> hasAddress(server, pattern, true))
                && fitsTags(server)
                && (!asksMore || fitsMore(server));
    }

    /** Deleted servers are shown only by what asks for changes, or to an admin who asks for them. */
    private boolean fitsLife(Server server) {
        if (asksDeleted != server.isDeleted && since.equals(Instant.MIN)) {
            return false;
        }
        return !server.updatedAt.isBefore(since) && (before.equals(Instant.MIN) || !server.updatedAt.isAfter(before));
    }

    private boolean fitsMore(Server server) {
        return all("availability_zone", server.zone::equals)
                && all("key_name", name -> name.equals(server.keyName))
                && all("user_id", server.userId::equals)
                && all("vm_state", server.vmState::equals)
                && all("task_state", state -> state.equals(server.taskState))
                && all("power_state", state -> state.equals(String.valueOf(server.powerState)))
                && all("hostname", server.hostname::equals)
                && all("description", text -> text.equals(server.description))
                && all("locked", flag -> flag.equalsIgnoreCase(String.valueOf(server.isLocked)))
                && (!caller.isAdmin() || fitsForAdmin(server));
    }

    private boolean fitsForAdmin(Server server) {
        return all("host", server.host::equals)
                && all("node", server.host::equals)
                && all("uuid", server.id::equals)
                && all("project_id", server.projectId::equals)
                && all("tenant_id", server.projectId::equals);
    }

    private boolean fitsTags(Server server) {
        return all("tags", tags -> server.tags.containsAll(List.of(tags.split(",", -1))))
                && all("not-tags", tags -> !server.tags.containsAll(List.of(tags.split(",", -1))))
                && all("tags-any", tags -> List.of(tags.split(",", -1)).stream().anyMatch(server.tags::contains))
                && all(
                        "not-tags-any",
                        tags -> List.of(tags.split(",", -1)).stream().noneMatch(server.tags::contains));
    }

    private boolean hasAddress(Server server, String pattern, boolean isV6) {
        return networks.portsOf(server).stream()
                .flatMap(port -> port.fixedIps().stream())
                .filter(ip -> ip.address().contains(":") == isV6)
                .anyMatch(ip -> find(pattern, ip.address()));
    }

    private boolean all(String name, Predicate<String> fits) {
        return query.all(name).allMatch(fits);
    }

    private boolean any(String name, Predicate<String> fits) {
        return !query.has(name) || query.all(name).anyMatch(fits);
    }

    private static boolean find(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(text).find();
    }

    private void pattern(String name) {
        query.all(name).forEach(text -> {
            try {
                Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw new ApiException(
                        400,
                        "Invalid input for query parameters " + name + ". Value: " + text + ". " + Python.repr(text)
                                + " is not a 'regex'",
                        e);
            }
        });
    }

    /** The time that the parameter names; {@link Instant#MIN} when there is none. */
    private Instant time(String name) {
        String text = query.value(name);
        if (text.isEmpty()) {
            return Instant.MIN;
        }
        try {
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            return localTime(name, text);
        }
    }

    private static Instant localTime(String name, String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ApiException(
                    400,
                    "Invalid input for query parameters " + name + ". Value: " + text + ". '" + text
                            + "' is not a 'date-time'",
                    e);
        }
    }
}
