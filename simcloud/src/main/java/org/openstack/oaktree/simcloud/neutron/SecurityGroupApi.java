package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.stream.StreamSupport;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /security-groups}. */
final class SecurityGroupApi extends ResourceApi {
    private final SecurityGroupRuleApi ruleApi;

    SecurityGroupApi(Networks networks, SecurityGroupRuleApi ruleApi, int maxLimit) {
        super(networks, networks.groups(), maxLimit);
        this.ruleApi = ruleApi;
    }

    /** Every project has a group that lets its members talk to each other, and out. */
    static Item makeDefault(Networks networks, String projectId) {
        JsonObject attributes = JsonObject.of();
        Types.SECURITY_GROUP.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute.initial()));
        attributes.put("name", "default").put("description", "Default security group");
        Item group = networks.item(Types.SECURITY_GROUP, projectId, attributes, 1);
        networks.groups().add(group);
        for (String ethertype : List.of("IPv4", "IPv6")) {
            SecurityGroupRuleApi.addInitial(networks, group, ethertype, "ingress", group.id());
        }
        addEgress(networks, group);
        return group;
    }

    private static void addEgress(Networks networks, Item group) {
        for (String ethertype : List.of("IPv4", "IPv6")) {
            SecurityGroupRuleApi.addInitial(networks, group, ethertype, "egress", null);
        }
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        networks().defaultGroup(projectId);
        if (attributes.text("name").equals("default")) {
            throw new ApiException(409, "SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
        }
        Item group = networks().item(type(), projectId, attributes, 1);
        table().add(group);
        addEgress(networks(), group);
        return group;
    }

    @Override
    void change(Caller caller, Item group, JsonObject changed) {
        if (group.text("name").equals("default") && changed.has("name")) {
            throw new ApiException(
                    409, "SecurityGroupCannotUpdateDefault", "Updating default security group not allowed.");
        }
        super.change(caller, group, changed);
    }

    @Override
    void remove(Item group) {
        boolean isUsed = networks().ports().all().stream()
                .anyMatch(port -> StreamSupport.stream(
                                port.attributes().list("security_groups").spliterator(), false)
                        .anyMatch(group.id()::equals));
        if (isUsed) {
            throw new ApiException(409, "SecurityGroupInUse", "Security Group " + group.id() + " in use.");
        }
        if (group.text("name").equals("default")) {
            throw new ApiException(
                    409,
                    "SecurityGroupCannotRemoveDefault",
                    "Insufficient rights for removing default security group.");
        }
        rulesOf(group).forEach(rule -> networks().rules().remove(rule));
        super.remove(group);
    }

    @Override
    void prepare(Caller caller) {
        if (!caller.projectId().isEmpty()) {
            networks().defaultGroup(caller.projectId());
        }
    }

    @Override
    void complete(Item group, Caller caller, JsonObject view) {
        view.put(
                "security_group_rules",
                rulesOf(group).stream().map(rule -> embedded(rule, caller)).toList());
    }

    /** A rule inside its group shows two members that it does not show alone. */
    private JsonObject embedded(Item rule, Caller caller) {
        JsonObject view = ruleApi.view(rule, caller);
        view.put("standard_attr_id", rule.id().hashCode() & 0xffff);
        return view.put("tags", List.of());
    }

    private List<Item> rulesOf(Item group) {
        return networks().rules().where("security_group_id", group.id()).toList();
    }
}
