package org.openstack.oaktree.compute;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openstack.oaktree.compute.AddressBook.Floating;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerAddress;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.network.NetworkClassification;
import org.openstack.oaktree.network.v1.Network;

/**
 * Finds the addresses at which servers are reached, as openstacksdk finds them; {@code docs/deviations.md} has the differences. Immutable:
 * made once for a list of servers of one cloud and region.
 *
 * <p>Nothing is connected to: of several addresses that are equally good the first is taken. Where oaktree runs says nothing of where its
 * callers are, so IPv6 is preferred only when the configuration says {@code prefer_ipv6}.
 */
public final class ServerAddresses {
    private static final Predicate<ServerAddress> IPV4 = ofVersion(4);
    private static final Predicate<ServerAddress> IPV6 = ofVersion(6);
    private static final Predicate<ServerAddress> FLOATING = ofType("floating");
    private static final Predicate<ServerAddress> FIXED = ofType("fixed");
    private static final Predicate<ServerAddress> NAMED_PUBLIC = on("public");
    private static final Predicate<ServerAddress> NAMED_PRIVATE = on("private");

    private final boolean isPrivate;
    private final boolean useExternalNetwork;
    private final boolean useInternalNetwork;
    private final boolean forceIpv4;
    private final boolean preferIpv6;
    private final boolean usesFloatingIps;
    private final Map<String, Integer> externalIpv4;
    private final Map<String, Integer> internalIpv4;
    private final Predicate<ServerAddress> onDefaultInterface;
    private final AddressBook addressBook;

    /** For the servers of one cloud and region, with what its network service knows. */
    public ServerAddresses(CloudConfig config, NetworkClassification networks, AddressBook addressBook) {
        this.isPrivate = config.isPrivate();
        this.useExternalNetwork = config.useExternalNetwork();
        this.useInternalNetwork = config.useInternalNetwork();
        this.forceIpv4 = config.forceIpv4();
        this.preferIpv6 = !forceIpv4 && config.preferIpv6();
        this.usesFloatingIps = needsAddressBook(config);
        this.externalIpv4 = ranks(networks.externalIpv4());
        this.internalIpv4 = ranks(networks.internalIpv4());
        this.onDefaultInterface = networks.defaultInterface()
                .map(network -> on(network.getName()))
                .orElse(any -> false);
        this.addressBook = addressBook;
    }

    /** Whether the ports and floating IPs of a cloud must be listed to find the addresses of its servers. */
    public static boolean needsAddressBook(CloudConfig config) {
        return config.hasService("network") && config.floatingIpSource().equals("neutron");
    }

    /**
     * The server with every address that leads to it.
     *
     * @param raw as the compute service tells it; never what this method returned, for there found access addresses look like the owner's
     */
    public Server complete(Server raw) {
        List<ServerAddress> addresses = withFloatingIps(raw);
        String publicV4 = publicV4(raw, addresses);
        String publicV6 = publicV6(raw, addresses);
        String privateV4 = privateV4(addresses);
        Server.Builder server = raw.toBuilder()
                .setPublicV4(publicV4)
                .setPublicV6(publicV6)
                .setPrivateV4(privateV4)
                .setInterfaceIp(interfaceIp(addresses, publicV4, publicV6, privateV4))
                .setAccessIpv4(firstOf(raw.getAccessIpv4(), isPrivate ? privateV4 : "", publicV4))
                .setAccessIpv6(firstOf(raw.getAccessIpv6(), publicV6));
        if (addresses.size() > raw.getAddressesCount()) {
            server.clearAddresses().addAllAddresses(addresses);
        }
        return server.build();
    }

    /** The addresses that the compute service lists, and the floating IPs that it has not heard of yet, each on the network it leads to. */
    private List<ServerAddress> withFloatingIps(Server raw) {
        List<ServerAddress> listed = raw.getAddressesList();
        if (!usesFloatingIps
                || !raw.getStatusText().equals("ACTIVE")
                || listed.stream().anyMatch(IPV4.and(FLOATING))) {
            return listed;
        }
        List<ServerAddress> addresses = new ArrayList<>(listed);
        for (Floating floating : addressBook.floatingOf(raw.getId())) {
            String network = networkOf(floating, listed);
            if (!network.isEmpty()) {
                addresses.add(
                        endOf(network, addresses),
                        ServerAddress.newBuilder()
                                .setNetworkName(network)
                                .setAddress(floating.address())
                                .setVersion(4)
                                .setType("floating")
                                .setMacAddress(floating.macAddress())
                                .build());
            }
        }
        return addresses;
    }

    /** Name of the network with the fixed address that a floating IP leads to; empty when the compute service does not list that address. */
    private static String networkOf(Floating floating, List<ServerAddress> listed) {
        String network = "";
        for (ServerAddress address : listed) {
            if (address.getVersion() == 4 && address.getAddress().equals(floating.fixedAddress())) {
                network = address.getNetworkName();
                if (address.getMacAddress().equals(floating.macAddress())) {
                    return network;
                }
            }
        }
        return network;
    }

    private static int endOf(String network, List<ServerAddress> addresses) {
        int end = addresses.size();
        while (!addresses.get(end - 1).getNetworkName().equals(network)) {
            end--;
        }
        return end;
    }

    private String publicV4(Server raw, List<ServerAddress> addresses) {
        if (!useExternalNetwork) {
            return "";
        }
        return firstOf(
                raw.getAccessIpv4(),
                best(addresses, IPV4, externalIpv4),
                best(addresses, IPV4.and(FLOATING)),
                best(addresses, IPV4.and(NAMED_PUBLIC)),
                best(addresses, address -> PublicIpv4.is(address.getAddress())));
    }

    private String publicV6(Server raw, List<ServerAddress> addresses) {
        return forceIpv4 ? "" : firstOf(raw.getAccessIpv6(), best(addresses, IPV6));
    }

    private String privateV4(List<ServerAddress> addresses) {
        if (!useInternalNetwork) {
            return "";
        }
        // The one that a floating IP leads to, so that public_v4 and private_v4 are two sides of the same port.
        String mac = addresses.stream()
                .filter(IPV4.and(FLOATING))
                .findFirst()
                .map(ServerAddress::getMacAddress)
                .orElse("");
        Predicate<ServerAddress> ofPort =
                IPV4.and(address -> mac.isEmpty() || address.getMacAddress().equals(mac));
        return firstOf(
                best(addresses, ofPort.and(FIXED), internalIpv4),
                // Clouds with nova-network told no types.
                best(addresses, ofPort, internalIpv4),
                best(addresses, ofPort.and(FIXED).and(NAMED_PRIVATE)),
                best(addresses, IPV4.and(NAMED_PRIVATE)));
    }

    private String interfaceIp(List<ServerAddress> addresses, String publicV4, String publicV6, String privateV4) {
        return firstOf(
                preferIpv6 ? best(addresses, IPV6.and(onDefaultInterface)) : "",
                best(addresses, IPV4.and(onDefaultInterface)),
                isPrivate ? privateV4 : "",
                preferIpv6 ? publicV6 : "",
                publicV4);
    }

    /** The best address on the first of some networks that has one. */
    private static String best(
            List<ServerAddress> addresses, Predicate<ServerAddress> wanted, Map<String, Integer> networks) {
        return addresses.stream()
                .filter(address -> networks.containsKey(address.getNetworkName()))
                .filter(wanted)
                .min(comparingInt((ServerAddress address) -> networks.getOrDefault(address.getNetworkName(), 0))
                        .thenComparing(comparing(FLOATING.negate()::test)))
                .map(ServerAddress::getAddress)
                .orElse("");
    }

    /** The first floating one, else the first. */
    private static String best(List<ServerAddress> addresses, Predicate<ServerAddress> wanted) {
        return addresses.stream()
                .filter(wanted)
                .min(comparing(FLOATING.negate()::test))
                .map(ServerAddress::getAddress)
                .orElse("");
    }

    private static String firstOf(String... addresses) {
        for (String address : addresses) {
            if (!address.isEmpty()) {
                return address;
            }
        }
        return "";
    }

    private static Predicate<ServerAddress> ofVersion(int version) {
        return address -> address.getVersion() == version;
    }

    private static Predicate<ServerAddress> ofType(String type) {
        return address -> address.getType().equals(type);
    }

    private static Predicate<ServerAddress> on(String network) {
        return address -> address.getNetworkName().equals(network);
    }

    private static Map<String, Integer> ranks(List<Network> networks) {
        Map<String, Integer> ranks = new HashMap<>();
        for (Network network : networks) {
            ranks.putIfAbsent(network.getName(), ranks.size());
        }
        return Map.copyOf(ranks);
    }
}
