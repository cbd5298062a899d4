package org.openstack.oaktree.app.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All that a cloud's own API says of a server, its ports, floating IPs and volumes, but for what is another in each server. */
final class ServerPortrait {
    /** The newest one that the release of the test cloud and the openstacksdk have in common, and every attribute of interest. */
    private static final String MICROVERSION = "2.90";

    /** What differs between two servers that are the same, and says nothing about how they were made. */
    private static final Set<String> BY_CHANCE = Set.of(
            // Addresses in the API, which have IDs in them.
            "links",
            // Where the scheduler put it, and what follows from that.
            "hostId",
            "host",
            "host_name",
            "OS-EXT-SRV-ATTR:host",
            "OS-EXT-SRV-ATTR:hypervisor_hostname",
            "OS-EXT-SRV-ATTR:instance_name",
            "binding:host_id",
            "os-vol-host-attr:host",
            // Drawn for each request.
            "OS-EXT-SRV-ATTR:reservation_id",
            // How often it was written, which depends on who was faster.
            "revision_number",
            "OS-EXT-STS:task_state");

    private static final Map<Pattern, String> KINDS = Map.of(
            Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"), "ID",
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00:00)?"), "TIME",
            Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}"), "MAC",
            Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}\\b"), "IPV4");

    private final StockApi admin;
    private final Map<String, String> names = new TreeMap<>();

    /** Of servers of the project of that administrator: he sees every attribute. */
    ServerPortrait(StockApi admin) {
        this.admin = admin;
        for (String kind : List.of("networks", "subnets", "security-groups")) {
            String list = kind.replace('-', '_');
            for (Map<String, @Nullable Object> one : admin.list("network", "/v2.0/" + kind, list)) {
                names.put(StockApi.text(one, "id"), list + ":" + StockApi.text(one, "name"));
            }
        }
        for (Map<String, @Nullable Object> image : admin.list("image", "/v2/images", "images")) {
            names.put(StockApi.text(image, "id"), "images:" + StockApi.text(image, "name"));
        }
    }

    /** One attribute per line. */
    String portrait(String id, Map<String, String> given) {
        List<String> lines = new ArrayList<>();
        add(lines, "server", admin.get("compute", "/servers/" + id, "server", "compute " + MICROVERSION));
        int ports = 0;
        List<Map<String, @Nullable Object>> all = new ArrayList<>(
                admin.list("network", "/v2.0/ports?device_id=" + id + "&sort_key=network_id&sort_dir=asc", "ports"));
        for (Map<String, @Nullable Object> port : all) {
            String name = "port " + ++ports;
            add(lines, name, port);
            String query = "/v2.0/floatingips?port_id=" + StockApi.text(port, "id");
            for (Map<String, @Nullable Object> floatingIp : admin.list("network", query, "floatingips")) {
                Map<String, @Nullable Object> other = new TreeMap<>(floatingIp);
                // Oaktree writes "for server ID (oaktree)" into those that it makes, so that it knows its own.
                other.remove("description");
                add(lines, name + " floating IP", other);
            }
        }
        int volumes = 0;
        for (Map<String, @Nullable Object> attached :
                admin.list("compute", "/servers/" + id + "/os-volume_attachments", "volumeAttachments")) {
            String name = "volume " + ++volumes;
            add(lines, name + " attachment", attached);
            add(lines, name, admin.get("block-storage", "/volumes/" + StockApi.text(attached, "volumeId"), "volume"));
        }
        String text = String.join("\n", lines);
        for (Map.Entry<String, String> each : given.entrySet()) {
            text = text.replace(each.getValue(), "{" + each.getKey() + "}");
        }
        for (Map.Entry<Pattern, String> kind : KINDS.entrySet()) {
            text = kind.getKey().matcher(text).replaceAll(kind.getValue());
        }
        return text;
    }

    private void add(List<String> lines, String of, Map<String, @Nullable Object> document) {
        sorted(document).forEach((name, value) -> lines.add(of + "." + name + " = " + value));
    }

    private Map<String, @Nullable Object> sorted(Map<?, ?> document) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        document.forEach((name, value) -> {
            if (!BY_CHANCE.contains(String.valueOf(name))) {
                Object plain = canonical(value);
                // Neutron keeps no order of them.
                boolean isSet = name.equals("security_groups");
                sorted.put(String.valueOf(name), isSet && plain instanceof List<?> set ? inOrder(set) : plain);
            }
        });
        return sorted;
    }

    private static List<?> inOrder(List<?> set) {
        return set.stream().sorted(Comparator.comparing(String::valueOf)).toList();
    }

    private @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted(map);
            case List<?> list -> list.stream().map(this::canonical).toList();
            case String id -> names.getOrDefault(id, id);
            case null, default -> value;
        };
    }
}
