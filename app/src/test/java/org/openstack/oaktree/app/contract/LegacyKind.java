package org.openstack.oaktree.app.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A resource of 2016: where the cloud has it, and what the cloud's own answer says of each field number.
 *
 * @param noun its calls are Get + noun and List + noun + s
 * @param service service type in the catalog
 * @param path of the list below the service's endpoint
 * @param member of the answer that is the list
 * @param fields number to what stands there: a text, an integer, a fraction or a list of texts
 */
record LegacyKind(
        String noun,
        String service,
        String path,
        String member,
        Map<Integer, Function<Map<String, @Nullable Object>, Object>> fields) {
    static final LegacyKind FLAVOR = new Builder("Flavor", "compute", "/flavors/detail", "flavors")
            .field(2, text("id"))
            .field(3, text("name"))
            .field(4, flag("os-flavor-access:is_public"))
            .field(5, flag("OS-FLV-DISABLED:disabled"))
            .field(6, number("ram"))
            .field(7, number("vcpus"))
            .field(8, number("disk"))
            .field(9, number("OS-FLV-EXT-DATA:ephemeral"))
            .field(10, number("swap"))
            .field(11, json -> json.get("rxtx_factor") instanceof Number factor ? factor.floatValue() : 0f)
            .build();

    static final LegacyKind FLOATING_IP = new Builder("FloatingIP", "network", "/v2.0/floatingips", "floatingips")
            .field(2, text("id"))
            .field(3, json -> StockApi.text(json, "port_id").isEmpty() ? 0L : 1L)
            .field(4, text("fixed_ip_address"))
            .field(5, text("floating_ip_address"))
            .field(6, text("floating_network_id"))
            .field(7, text("port_id"))
            .field(8, word("status", "ACTIVE", "DOWN", "ERROR"))
            .build();

    static final LegacyKind IMAGE = new Builder("Image", "image", "/v2/images?limit=1000", "images")
            .field(2, text("id"))
            .field(3, text("name"))
            .field(4, number("min_ram"))
            .field(5, number("min_disk"))
            .field(6, number("size"))
            .field(7, number("virtual_size"))
            .field(8, word("container_format", "bare", "docker", "ovf", "ova", "ami", "ari", "aki"))
            .field(9, word("disk_format", "qcow2", "raw", "vhd", "iso", "vmdk", "vdi", "ami", "ari", "aki"))
            .field(10, text("checksum"))
            .field(11, text("created_at"))
            .field(12, text("updated_at"))
            .field(13, text("owner"))
            .field(14, json -> StockApi.text(json, "visibility").equals("public") ? 1L : 0L)
            .field(15, flag("protected"))
            .field(
                    16,
                    word("status", "active", "queued", "saving", "deleted", "killed", "pending_delete", "deactivated"))
            .field(
                    17,
                    json -> objects(json, "locations").stream()
                            .map(place -> StockApi.text(place, "url"))
                            .toList())
            .field(18, text("direct_url"))
            .field(19, json -> json.get("tags") instanceof List<?> tags ? tags : List.of())
            .build();

    static final LegacyKind SECURITY_GROUP_RULE = new Builder(
                    "SecurityGroupRule", "network", "/v2.0/security-group-rules", "security_group_rules")
            .field(2, text("id"))
            .field(3, word("direction", "ingress", "egress"))
            .field(4, text("ethertype"))
            .field(5, number("port_range_min"))
            .field(6, number("port_range_max"))
            .field(7, text("protocol"))
            .field(8, text("remote_ip_prefix"))
            .field(9, text("security_group_id"))
            .field(10, text("remote_group_id"))
            .build();

    /** Field 5 holds the rules, which are messages. */
    static final LegacyKind SECURITY_GROUP = new Builder(
                    "SecurityGroup", "network", "/v2.0/security-groups", "security_groups")
            .field(2, text("id"))
            .field(3, text("name"))
            .field(4, text("description"))
            .build();

    static List<LegacyKind> all() {
        return List.of(FLAVOR, FLOATING_IP, IMAGE, SECURITY_GROUP, SECURITY_GROUP_RULE);
    }

    /** The objects of that name; none when there is no such list. */
    static List<Map<String, @Nullable Object>> objects(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof List<?> list ? StockApi.objects(list) : List.of();
    }

    @Override
    public String toString() {
        return noun;
    }

    private static Function<Map<String, @Nullable Object>, Object> text(String name) {
        return json -> StockApi.text(json, name);
    }

    /** Nova's swap is "" where there is none; all that is unknown is null. */
    private static Function<Map<String, @Nullable Object>, Object> number(String name) {
        return json -> json.get(name) instanceof Number number ? number.longValue() : 0L;
    }

    private static Function<Map<String, @Nullable Object>, Object> flag(String name) {
        return json -> Boolean.TRUE.equals(json.get(name)) ? 1L : 0L;
    }

    /** The number of a word among those that the enum of 2016 has. */
    private static Function<Map<String, @Nullable Object>, Object> word(String name, String... words) {
        return json -> (long) Math.max(0, Arrays.asList(words).indexOf(StockApi.text(json, name)));
    }

    private static final class Builder {
        private final String noun;
        private final String service;
        private final String path;
        private final String member;
        private final Map<Integer, Function<Map<String, @Nullable Object>, Object>> fields = new TreeMap<>();

        Builder(String noun, String service, String path, String member) {
            this.noun = noun;
            this.service = service;
            this.path = path;
            this.member = member;
        }

        Builder field(int number, Function<Map<String, @Nullable Object>, Object> meaning) {
            fields.put(number, meaning);
            return this;
        }

        LegacyKind build() {
            return new LegacyKind(noun, service, path, member, fields);
        }
    }
}
