package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** {@code /security-group-rules}. */
final class SecurityGroupRuleApi extends ResourceApi {
    private static final List<String> IDENTITY = List.of(
            "security_group_id",
            "ethertype",
            "direction",
            "protocol",
            "port_range_min",
            "port_range_max",
            "normalized_cidr",
            "remote_group_id");

    SecurityGroupRuleApi(Networks networks, int maxLimit) {
        super(networks, networks.rules(), maxLimit);
    }

    /** Adds one of the rules with which a group is born. */
    static void addInitial(
            Networks networks, Item group, String ethertype, String direction, @Nullable String remoteGroupId) {
        JsonObject attributes = JsonObject.of();
        Types.RULE.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute.initial()));
        attributes
                .put("security_group_id", group.id())
                .put("ethertype", ethertype)
                .put("direction", direction)
                .put("remote_group_id", remoteGroupId)
                .put("description", null);
        networks.rules().add(networks.item(Types.RULE, group.projectId(), attributes, 0));
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        String groupId = attributes.text("security_group_id");
        Item group = networks()
                .groups()
                .find(groupId)
                .filter(found -> caller.sees(found.projectId()))
                .orElseThrow(() -> Types.SECURITY_GROUP.notFound(groupId));
        requireOneOf(attributes, "direction", List.of("ingress", "egress"));
        requireOneOf(attributes, "ethertype", List.of("IPv4", "IPv6"));
        if (attributes.get("protocol") instanceof Long number) {
            attributes.put("protocol", number.toString());
        }
        requirePorts(attributes);
        String prefix = attributes.text("remote_ip_prefix");
        if (!prefix.isEmpty()) {
            Cidr cidr = Cidr.parse(prefix.contains("/") ? prefix : prefix + "/32")
                    .orElseThrow(() -> ResourceType.bad(
                            "Invalid input for remote_ip_prefix. Reason: '" + prefix + "' is not a valid IP subnet."));
            attributes.put("normalized_cidr", cidr.toString());
        }
        table().where("security_group_id", groupId)
                .filter(other -> IDENTITY.stream()
                        .allMatch(name -> Objects.equals(other.attributes().get(name), attributes.get(name))))
                .findFirst()
                .ifPresent(other -> {
                    throw new ApiException(
                            409,
                            "SecurityGroupRuleExists",
                            "Security group rule already exists. Rule id is " + other.id() + ".");
                });
        Item rule = networks().item(type(), projectId, attributes, 0);
        table().add(rule);
        group.touch(networks().now());
        return rule;
    }

    private static void requireOneOf(JsonObject attributes, String name, List<String> words) {
        if (!words.contains(attributes.text(name))) {
            throw ResourceType.bad("Invalid input for " + name + ". Reason: " + Python.str(attributes.get(name))
                    + " is not in valid_values.");
        }
    }

    private static void requirePorts(JsonObject attributes) {
        Object min = attributes.get("port_range_min");
        Object max = attributes.get("port_range_max");
        if (min == null && max == null) {
            return;
        }
        if (attributes.get("protocol") == null) {
            throw new ApiException(
                    400,
                    "SecurityGroupProtocolRequiredWithPorts",
                    "Must also specify protocol if port range is given.");
        }
        long low = attributes.number("port_range_min", -1);
        long high = attributes.number("port_range_max", -1);
        boolean isIcmp = attributes.text("protocol").contains("icmp");
        if (!isIcmp && (low > high || low < 0 || high > 65_535)) {
            throw new ApiException(
                    400,
                    "SecurityGroupInvalidPortRange",
                    "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
    }

    @Override
    void remove(Item rule) {
        super.remove(rule);
        networks()
                .groups()
                .find(rule.text("security_group_id"))
                .ifPresent(group -> group.touch(networks().now()));
    }

    @Override
    void prepare(Caller caller) {
        if (!caller.projectId().isEmpty()) {
            networks().defaultGroup(caller.projectId());
        }
    }
}
