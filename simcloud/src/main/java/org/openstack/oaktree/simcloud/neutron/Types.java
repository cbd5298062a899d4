package org.openstack.oaktree.simcloud.neutron;

import static org.openstack.oaktree.simcloud.neutron.Attribute.byAdmin;
import static org.openstack.oaktree.simcloud.neutron.Attribute.fixed;
import static org.openstack.oaktree.simcloud.neutron.Attribute.forAdmins;
import static org.openstack.oaktree.simcloud.neutron.Attribute.free;
import static org.openstack.oaktree.simcloud.neutron.Attribute.once;
import static org.openstack.oaktree.simcloud.neutron.Attribute.required;

import java.util.List;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.neutron.Attribute.Kind;

/** The kinds of resources and their attributes, as neutron with its usual extensions shows them. */
final class Types {
    static final ResourceType NETWORK = new ResourceType(
            "network",
            "networks",
            "networks",
            "Network",
            "Network %s could not be found.",
            List.of(
                    free("name", Kind.TEXT, ""),
                    free("admin_state_up", Kind.FLAG, true),
                    free("mtu", Kind.NUMBER, 1450L),
                    fixed("status", "ACTIVE"),
                    fixed("subnets", List.of()),
                    byAdmin("shared", Kind.FLAG, false),
                    once("availability_zone_hints", Kind.LIST, List.of()),
                    fixed("availability_zones", List.of()),
                    fixed("ipv4_address_scope", null),
                    fixed("ipv6_address_scope", null),
                    byAdmin("router:external", Kind.FLAG, false),
                    once("vlan_transparent", Kind.FLAG, false),
                    free("description", Kind.TEXT, ""),
                    free("port_security_enabled", Kind.FLAG, true),
                    free("qos_policy_id", Kind.TEXT, null),
                    fixed("l2_adjacency", true),
                    byAdmin("is_default", Kind.FLAG, false),
                    fixed("tags", List.of()),
                    forAdmins("provider:network_type", Kind.TEXT, "vxlan"),
                    forAdmins("provider:physical_network", Kind.TEXT, null),
                    forAdmins("provider:segmentation_id", Kind.NUMBER, null)));

    static final ResourceType SUBNET = new ResourceType(
            "subnet",
            "subnets",
            "subnets",
            "Subnet",
            "Subnet %s could not be found.",
            List.of(
                    free("name", Kind.TEXT, ""),
                    required("network_id", Kind.TEXT),
                    required("ip_version", Kind.NUMBER),
                    once("subnetpool_id", Kind.TEXT, null),
                    free("enable_dhcp", Kind.FLAG, true),
                    once("ipv6_ra_mode", Kind.TEXT, null),
                    once("ipv6_address_mode", Kind.TEXT, null),
                    free("gateway_ip", Kind.TEXT, null),
                    once("cidr", Kind.TEXT, null),
                    free("allocation_pools", Kind.LIST, null),
                    free("host_routes", Kind.LIST, List.of()),
                    free("dns_nameservers", Kind.LIST, List.of()),
                    free("description", Kind.TEXT, ""),
                    free("service_types", Kind.LIST, List.of()),
                    fixed("tags", List.of())));

    static final ResourceType PORT = new ResourceType(
            "port",
            "ports",
            "ports",
            "Port",
            "Port %s could not be found.",
            List.of(
                    free("name", Kind.TEXT, ""),
                    required("network_id", Kind.TEXT),
                    once("mac_address", Kind.TEXT, null),
                    free("admin_state_up", Kind.FLAG, true),
                    fixed("status", "DOWN"),
                    free("device_id", Kind.TEXT, ""),
                    free("device_owner", Kind.TEXT, ""),
                    free("fixed_ips", Kind.LIST, null),
                    free("allowed_address_pairs", Kind.LIST, List.of()),
                    free("extra_dhcp_opts", Kind.LIST, List.of()),
                    free("security_groups", Kind.LIST, null),
                    free("description", Kind.TEXT, ""),
                    free("binding:vnic_type", Kind.TEXT, "normal"),
                    forAdmins("binding:profile", Kind.OBJECT, JsonObject.of()),
                    forAdmins("binding:host_id", Kind.TEXT, ""),
                    forAdmins("binding:vif_type", Kind.TEXT, "unbound"),
                    forAdmins("binding:vif_details", Kind.OBJECT, JsonObject.of()),
                    free("port_security_enabled", Kind.FLAG, true),
                    free("qos_policy_id", Kind.TEXT, null),
                    fixed("qos_network_policy_id", null),
                    once("propagate_uplink_status", Kind.FLAG, true),
                    forAdmins("resource_request", Kind.OBJECT, null),
                    fixed("ip_allocation", "immediate"),
                    once("tags", Kind.LIST, List.of())));

    static final ResourceType ROUTER = new ResourceType(
            "router",
            "routers",
            "routers",
            "Router",
            "Router %s could not be found",
            List.of(
                    free("name", Kind.TEXT, ""),
                    free("admin_state_up", Kind.FLAG, true),
                    fixed("status", "ACTIVE"),
                    free("external_gateway_info", Kind.OBJECT, null),
                    free("description", Kind.TEXT, ""),
                    fixed("availability_zones", List.of()),
                    forAdmins("distributed", Kind.FLAG, false),
                    forAdmins("ha", Kind.FLAG, false),
                    once("availability_zone_hints", Kind.LIST, List.of()),
                    free("routes", Kind.LIST, List.of()),
                    once("flavor_id", Kind.TEXT, null),
                    fixed("conntrack_helpers", List.of()),
                    free("enable_ndp_proxy", Kind.FLAG, false),
                    fixed("tags", List.of())));

    static final ResourceType SECURITY_GROUP = new ResourceType(
            "security_group",
            "security_groups",
            "security-groups",
            "SecurityGroup",
            "Security group %s does not exist",
            List.of(
                    free("name", Kind.TEXT, ""),
                    free("stateful", Kind.FLAG, true),
                    free("description", Kind.TEXT, ""),
                    fixed("shared", false),
                    fixed("security_group_rules", List.of()),
                    fixed("tags", List.of())));

    static final ResourceType RULE = new ResourceType(
            "security_group_rule",
            "security_group_rules",
            "security-group-rules",
            "SecurityGroupRule",
            "Security group rule %s does not exist",
            List.of(
                    required("security_group_id", Kind.TEXT),
                    once("ethertype", Kind.TEXT, "IPv4"),
                    required("direction", Kind.TEXT),
                    once("protocol", Kind.ANY, null),
                    once("port_range_min", Kind.NUMBER, null),
                    once("port_range_max", Kind.NUMBER, null),
                    once("remote_ip_prefix", Kind.TEXT, null),
                    once("remote_address_group_id", Kind.TEXT, null),
                    fixed("normalized_cidr", null),
                    once("remote_group_id", Kind.TEXT, null),
                    once("description", Kind.TEXT, "")));

    static final ResourceType FLOATING_IP = new ResourceType(
            "floatingip",
            "floatingips",
            "floatingips",
            "FloatingIP",
            "Floating IP %s could not be found",
            List.of(
                    byAdmin("floating_ip_address", Kind.TEXT, null),
                    required("floating_network_id", Kind.TEXT),
                    fixed("router_id", null),
                    free("port_id", Kind.TEXT, null),
                    free("fixed_ip_address", Kind.TEXT, null),
                    fixed("status", "DOWN"),
                    free("description", Kind.TEXT, ""),
                    free("qos_policy_id", Kind.TEXT, null),
                    fixed("port_details", null),
                    fixed("port_forwardings", List.of()),
                    fixed("tags", List.of())));

    private Types() {}
}
