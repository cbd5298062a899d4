package org.openstack.oaktree.simcloud.neutron;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** Gives addresses of subnets to ports, and takes them back. */
final class AddressPools {
    private final Networks networks;
    private final Map<String, Pool> pools = new HashMap<>();

    AddressPools(Networks networks) {
        this.networks = networks;
    }

    /** What is given away of one subnet, and where the search for the next free address begins. */
    private static final class Pool {
        private final Set<String> used = new HashSet<>();
        private Optional<Address> next = Optional.empty();
    }

    /** One address of each IP version that the network has; of IPv6 also every subnet where hosts address themselves. */
    List<JsonObject> allocate(Item network, String mac) {
        List<JsonObject> fixedIps = new ArrayList<>();
        Set<Integer> served = new HashSet<>();
        List<Item> subnets = networks.subnetsOf(network);
        for (Item subnet : subnets) {
            if (isSlaac(subnet)) {
                fixedIps.add(take(subnet, cidr(subnet).slaac(mac)));
            } else if (served.add(version(subnet))) {
                fixedIps.add(takeFree(subnet));
            }
        }
        return fixedIps;
    }

    /** The addresses asked for: each by subnet, by address, or both. */
    List<JsonObject> allocate(Item network, String mac, Iterable<?> wanted) {
        List<JsonObject> fixedIps = new ArrayList<>();
        for (Object entry : wanted) {
            JsonObject one = entry instanceof JsonObject object ? object : JsonObject.of();
            if (one.has("ip_address")) {
                fixedIps.add(takeAsked(network, one));
            } else {
                Item subnet = subnetOn(network, one.text("subnet_id"));
                fixedIps.add(isSlaac(subnet) ? take(subnet, cidr(subnet).slaac(mac)) : takeFree(subnet));
            }
        }
        return fixedIps;
    }

    /** The first address of the subnet that is free. */
    JsonObject takeFree(Item subnet) {
        Pool pool = pool(subnet);
        for (Object range : subnet.attributes().list("allocation_pools")) {
            JsonObject bounds = (JsonObject) range;
            Address first = Address.parse(bounds.text("start")).orElseThrow();
            Address last = Address.parse(bounds.text("end")).orElseThrow();
            Address start = pool.next
                    .filter(next -> next.value().compareTo(first.value()) >= 0
                            && next.value().compareTo(last.value()) <= 0)
                    .orElse(first);
            Optional<Address> free = firstFree(pool, start, last).or(() -> firstFree(pool, first, start));
            if (free.isPresent()) {
                pool.next = free.map(Address::next);
                return take(subnet, free.get());
            }
        }
        throw new ApiException(
                409,
                "IpAddressGenerationFailure",
                "No more IP addresses available on network " + subnet.text("network_id") + ".");
    }

    /** Takes this very address. */
    JsonObject take(Item subnet, Address address) {
        if (!pool(subnet).used.add(address.toString())) {
            throw new ApiException(
                    409,
                    "IpAddressAlreadyAllocated",
                    "IP address " + address + " already allocated in subnet " + subnet.id());
        }
        return JsonObject.of("subnet_id", subnet.id()).put("ip_address", address.toString());
    }

    void release(Iterable<?> fixedIps) {
        for (Object entry : fixedIps) {
            JsonObject fixedIp = (JsonObject) entry;
            Pool pool = pools.get(fixedIp.text("subnet_id"));
            if (pool != null) {
                pool.used.remove(fixedIp.text("ip_address"));
            }
        }
    }

    boolean isInUse(Item subnet) {
        return !pool(subnet).used.isEmpty();
    }

    void forget(Item subnet) {
        pools.remove(subnet.id());
    }

    static Cidr cidr(Item subnet) {
        return Cidr.parse(subnet.text("cidr")).orElseThrow();
    }

    private JsonObject takeAsked(Item network, JsonObject wanted) {
        String text = wanted.text("ip_address");
        Address address = Address.parse(text)
                .orElseThrow(() -> ResourceType.bad(
                        "Invalid input for fixed_ips. Reason: '" + text + "' is not a valid IP address."));
        Item subnet = networks.subnetsOf(network).stream()
                .filter(found -> cidr(found).contains(address))
                .filter(found -> !wanted.has("subnet_id") || found.id().equals(wanted.text("subnet_id")))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        400,
                        "InvalidIpForNetwork",
                        "IP address " + text + " is not a valid IP for any of the subnets on the specified network."));
        return take(subnet, address);
    }

    private Item subnetOn(Item network, String subnetId) {
        return networks.subnets()
                .find(subnetId)
                .filter(subnet -> subnet.text("network_id").equals(network.id()))
                .orElseThrow(() -> new ApiException(
                        400,
                        "InvalidInput",
                        "Invalid input for operation: Failed to create port on network " + network.id()
                                + ", because fixed_ips included invalid subnet " + subnetId + "."));
    }

    private static Optional<Address> firstFree(Pool pool, Address first, Address last) {
        for (Address address = first; address.value().compareTo(last.value()) <= 0; address = address.next()) {
            if (!pool.used.contains(address.toString())) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private Pool pool(Item subnet) {
        return pools.computeIfAbsent(subnet.id(), id -> new Pool());
    }

    private static int version(Item subnet) {
        return (int) subnet.attributes().number("ip_version", 4);
    }

    private static boolean isSlaac(Item subnet) {
        String mode = subnet.text("ipv6_address_mode");
        return mode.equals("slaac") || mode.equals("dhcpv6-stateless");
    }
}
