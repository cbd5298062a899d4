package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** Makes networks without HTTP, for what a cloud is born with. */
public final class NetworkSeed {
    private final Networks networks;
    private final NetworkApi networkApi;
    private final SubnetApi subnetApi;
    private final RouterApi routerApi;

    /** Makes them in this neutron. */
    public NetworkSeed(Networks networks) {
        this.networks = networks;
        networkApi = new NetworkApi(networks, 0);
        subnetApi = new SubnetApi(networks, 0);
        routerApi = new RouterApi(networks, 0);
    }

    /**
     * Adds a network.
     *
     * @return its ID
     */
    public String network(String projectId, String name) {
        return networkApi
                .make(admin(projectId), projectId, with(Types.NETWORK, "name", name))
                .id();
    }

    /**
     * Adds a network that is not a tunnel: flat on a physical network.
     *
     * @param isExternal whether routers and floating IPs may use it
     * @return its ID
     */
    public String flatNetwork(String projectId, String name, boolean isExternal) {
        JsonObject attributes = with(Types.NETWORK, "name", name)
                .put("mtu", 1500L)
                .put("router:external", isExternal)
                .put("is_default", isExternal)
                .put("provider:network_type", "flat")
                .put("provider:physical_network", name);
        return networkApi.make(admin(projectId), projectId, attributes).id();
    }

    /**
     * Adds a subnet of IPv4.
     *
     * @param dnsServers addresses
     * @return its ID
     */
    public String subnet(String projectId, String networkId, String name, String cidr, List<String> dnsServers) {
        JsonObject attributes = with(Types.SUBNET, "name", name)
                .put("network_id", networkId)
                .put("ip_version", 4L)
                .put("cidr", cidr)
                .put("dns_nameservers", dnsServers);
        return subnetApi.make(admin(projectId), projectId, attributes).id();
    }

    /** Makes a subnet give only these addresses, and without DHCP. */
    public void limit(String subnetId, String first, String last) {
        networks.subnets()
                .get(subnetId)
                .attributes()
                .put("enable_dhcp", false)
                .put("allocation_pools", List.of(JsonObject.of("start", first).put("end", last)));
    }

    /** Adds a router from a subnet to an external network. */
    public void router(String projectId, String name, String externalNetworkId, String subnetId) {
        JsonObject attributes = with(Types.ROUTER, "name", name)
                .put("external_gateway_info", JsonObject.of("network_id", externalNetworkId));
        Item router = routerApi.make(admin(projectId), projectId, attributes);
        routerApi.attach(router, networks.subnets().get(subnetId));
    }

    private static JsonObject with(ResourceType type, String name, String value) {
        JsonObject attributes = JsonObject.of();
        type.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute.initial()));
        return attributes.put(name, value);
    }

    private static Caller admin(String projectId) {
        return new Caller("", "", projectId, "", List.of("admin"));
    }
}
