package org.openstack.oaktree.simcloud.neutron;

import java.math.BigInteger;
import java.util.List;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /subnets}. */
final class SubnetApi extends ResourceApi {
    SubnetApi(Networks networks, int maxLimit) {
        super(networks, networks.subnets(), maxLimit);
    }

    @Override
    Item make(Caller caller, String projectId, JsonObject attributes) {
        Item network = networks().visibleNetwork(attributes.text("network_id"), caller);
        if (attributes.get("cidr") == null) {
            throw new ApiException(
                    400, "BadRequest", "Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
        }
        String text = attributes.text("cidr");
        Cidr cidr = Cidr.parse(text).orElseThrow(() -> invalid(text + " is not in a CIDR format."));
        if (cidr.version() != attributes.number("ip_version", 4)) {
            throw invalid("cidr '" + text + "' does not match the ip_version '" + attributes.get("ip_version") + "'");
        }
        networks().subnetsOf(network).stream()
                .filter(other -> AddressPools.cidr(other).overlaps(cidr))
                .findFirst()
                .ifPresent(other -> {
                    throw invalid("Requested subnet with cidr: " + cidr + " for network: " + network.id()
                            + " overlaps with another subnet.");
                });
        attributes.put("cidr", cidr.toString());
        if (attributes.get("gateway_ip") == null) {
            attributes.put("gateway_ip", gateway(cidr, attributes));
        }
        if (attributes.get("allocation_pools") == null) {
            attributes.put("allocation_pools", pools(cidr, attributes.text("gateway_ip")));
        }
        Item subnet = networks().item(type(), projectId, attributes, 0);
        table().add(subnet);
        network.touch(networks().now());
        return subnet;
    }

    private static String gateway(Cidr cidr, JsonObject attributes) {
        boolean isSlaac = attributes.text("ipv6_address_mode").equals("slaac");
        return cidr.address(isSlaac ? 0 : 1).toString();
    }

    /** All addresses but the network's own, the broadcast address and the gateway. */
    private static List<JsonObject> pools(Cidr cidr, String gateway) {
        int first = gateway.equals(cidr.address(1).toString()) ? 2 : 1;
        Address last =
                new Address(cidr.version() == 4 ? cidr.last().subtract(BigInteger.ONE) : cidr.last(), cidr.bits());
        return List.of(JsonObject.of("start", cidr.address(first).toString()).put("end", last.toString()));
    }

    @Override
    void remove(Item subnet) {
        if (networks().pools().isInUse(subnet)) {
            throw new ApiException(
                    409,
                    "SubnetInUse",
                    "Unable to complete operation on subnet " + subnet.id()
                            + ": One or more ports have an IP allocation from this subnet.");
        }
        networks().pools().forget(subnet);
        super.remove(subnet);
        networks()
                .networks()
                .find(subnet.text("network_id"))
                .ifPresent(network -> network.touch(networks().now()));
    }

    @Override
    boolean isVisible(Item subnet, Caller caller) {
        return super.isVisible(subnet, caller)
                || networks()
                        .networks()
                        .find(subnet.text("network_id"))
                        .filter(network -> networks().isShared(network, caller))
                        .isPresent();
    }

    private static ApiException invalid(String reason) {
        return new ApiException(400, "InvalidInput", "Invalid input for operation: " + reason);
    }
}
