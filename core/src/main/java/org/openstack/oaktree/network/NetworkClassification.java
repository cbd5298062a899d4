package org.openstack.oaktree.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.NetworkSetting;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Subnet;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Which networks of a cloud lead where: as its configuration says and, where that is silent, as the networks themselves tell. Immutable.
 *
 * <p>The configuration's {@code networks} may name what is not there, or give a role to a name that several networks have; be it only
 * because a call looks into another project than the one it was written for. Reading goes on all the same: what names no network counts as
 * not written, a role that fits several is given to none, and {@link #problems()} tells. What decides where floating IPs come from and lead
 * to refuses instead when its own setting cannot be honoured, for a guess would open a server where its owner does not want it.
 */
public final class NetworkClassification {
    private static final NetworkClassification NONE =
            new NetworkClassification("", "", List.of(), List.of(), List.of());

    private final String cloud;
    private final String region;
    private final List<Network> externalIpv4;
    private final List<Network> internalIpv4;
    private final List<Network> externalIpv6;
    private final List<Network> internalIpv6;
    private final List<Network> floating;
    private final Role natSource;
    private final Role natDestination;
    private final Role defaultInterface;
    private final List<String> problems;

    /** The network that has a special part, or in words why the configured one cannot have it. */
    private record Role(Optional<Network> network, String problem) {}

    private NetworkClassification(
            String cloud, String region, List<Network> networks, List<Subnet> subnets, List<NetworkSetting> settings) {
        this.cloud = cloud;
        this.region = region;
        Predicate<Network> outwardIpv4 = listed(settings, NetworkSetting::routesIpv4Externally);
        Predicate<Network> inwardIpv4 = listed(settings, setting -> !setting.routesIpv4Externally());
        Predicate<Network> outwardIpv6 = listed(settings, NetworkSetting::routesIpv6Externally);
        Predicate<Network> inwardIpv6 = listed(settings, setting -> !setting.routesIpv6Externally());
        Predicate<Network> external = Network::getIsExternal;
        // Networks on the deployer's own wires lead out too, without floating IPs; but nothing says so of their IPv6.
        Predicate<Network> outside =
                external.or(network -> !network.getProviderPhysicalNetwork().isEmpty());
        this.externalIpv4 = those(networks, outwardIpv4.or(outside.and(inwardIpv4.negate())));
        this.internalIpv4 =
                those(networks, inwardIpv4.or(outside.or(outwardIpv4).negate()));
        this.externalIpv6 = those(networks, outwardIpv6.or(external.and(inwardIpv6.negate())));
        this.internalIpv6 =
                those(networks, inwardIpv6.or(external.or(outwardIpv6).negate()));

        List<Network> sources = those(networks, external);
        this.natSource = configured("nat_source", NetworkSetting::natSource, settings, networks)
                .orElseGet(() -> new Role(sources.stream().findFirst(), ""));
        this.floating = settings.stream().anyMatch(NetworkSetting::natSource)
                ? natSource.network().stream().toList()
                : sources;
        this.natDestination = configured("nat_destination", NetworkSetting::natDestination, settings, networks)
                .orElseGet(() -> new Role(lastWithGateway(networks, subnets), ""));
        this.defaultInterface = configured("default_interface", NetworkSetting::defaultInterface, settings, networks)
                .orElseGet(() -> new Role(Optional.empty(), ""));
        this.problems = Stream.concat(
                        settings.stream()
                                .map(NetworkSetting::name)
                                .filter(name -> networks.stream().noneMatch(network -> isCalled(network, name)))
                                .map(this::notFound),
                        Stream.of(natSource, natDestination, defaultInterface)
                                .map(Role::problem)
                                .filter(problem -> !problem.isEmpty()))
                .distinct()
                .toList();
    }

    /** Nothing is known of any network: there is no network service, it does not answer, or nobody wants to know. */
    public static NetworkClassification none() {
        return NONE;
    }

    /**
     * Classifies the networks of one cloud and region as one project sees them.
     *
     * @param networks all networks that the project sees, in the cloud's order
     * @param subnets all subnets that the project sees; may be empty unless {@link #needsSubnets} says otherwise
     */
    public static NetworkClassification of(List<Network> networks, List<Subnet> subnets, CloudConfig config) {
        return needsNetworks(config)
                ? new NetworkClassification(config.name(), config.region(), networks, subnets, config.networks())
                : NONE;
    }

    /** Whether the networks of a cloud must be listed to classify them. */
    public static boolean needsNetworks(CloudConfig config) {
        return config.hasService("network") && (config.useExternalNetwork() || config.useInternalNetwork());
    }

    /** Whether the subnets of a cloud must be listed to classify its networks. */
    public static boolean needsSubnets(CloudConfig config) {
        return needsNetworks(config) && config.networks().stream().noneMatch(NetworkSetting::natDestination);
    }

    /** Networks with IPv4 addresses that are reached from outside the cloud. */
    public List<Network> externalIpv4() {
        return externalIpv4;
    }

    /** Networks with IPv4 addresses that are not. */
    public List<Network> internalIpv4() {
        return internalIpv4;
    }

    /** Networks with IPv6 addresses that are reached from outside the cloud. */
    public List<Network> externalIpv6() {
        return externalIpv6;
    }

    /** Networks with IPv6 addresses that are not. */
    public List<Network> internalIpv6() {
        return internalIpv6;
    }

    /** Networks that lead out of the cloud by IPv4 or IPv6, each once. */
    public List<Network> external() {
        return union(externalIpv4, externalIpv6);
    }

    /** Networks that do not lead out of the cloud by IPv4 or IPv6, each once; those with only one of the two stand in {@link #external} too. */
    public List<Network> internal() {
        return union(internalIpv4, internalIpv6);
    }

    /**
     * Networks that floating IPs are taken from, in the order to try them: the NAT source where one is configured, else all external ones.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when a NAT source is configured and cannot be told
     */
    public List<Network> floating() {
        honoured(natSource);
        return floating;
    }

    /**
     * The network that floating IPs are taken from first.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when one is configured and cannot be told
     */
    public Optional<Network> natSource() {
        return honoured(natSource);
    }

    /**
     * The network whose ports floating IPs lead to: the configured one, else the last that has a subnet with a gateway.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when one is configured and cannot be told
     */
    public Optional<Network> natDestination() {
        return honoured(natDestination);
    }

    /** The network over which servers are talked to, if one is configured and can be told. */
    public Optional<Network> defaultInterface() {
        return defaultInterface.network();
    }

    /** What of the configuration cannot be honoured, one sentence each with what to do; empty when all is well. */
    public List<String> problems() {
        return problems;
    }

    private Optional<Network> honoured(Role role) {
        if (!role.problem().isEmpty()) {
            throw OaktreeException.of(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED, role.problem())
                    .place(cloud, region)
                    .build();
        }
        return role.network();
    }

    private Optional<Role> configured(
            String role, Predicate<NetworkSetting> flag, List<NetworkSetting> settings, List<Network> networks) {
        return settings.stream()
                .filter(flag)
                .findFirst()
                .map(NetworkSetting::name)
                .map(name -> {
                    List<Network> found = those(networks, network -> isCalled(network, name));
                    return switch (found.size()) {
                        case 0 -> new Role(Optional.empty(), notFound(name));
                        case 1 -> new Role(Optional.of(found.getFirst()), "");
                        default -> new Role(Optional.empty(), several(role, name, found));
                    };
                });
    }

    private String notFound(String name) {
        return "The networks of cloud " + cloud + " in the configuration name " + name
                + ", but no network that this project sees has that name or ID: correct or remove the entry.";
    }

    private String several(String role, String name, List<Network> found) {
        return "The networks of cloud " + cloud + " in the configuration give " + role + " to " + name + ", but "
                + found.size()
                + " networks have that name: write the ID of one instead, such as "
                + found.getFirst().getId() + ".";
    }

    private static Predicate<Network> listed(List<NetworkSetting> settings, Predicate<NetworkSetting> which) {
        Set<String> names =
                settings.stream().filter(which).map(NetworkSetting::name).collect(Collectors.toUnmodifiableSet());
        return network -> names.contains(network.getName()) || names.contains(network.getId());
    }

    private static boolean isCalled(Network network, String name) {
        return network.getName().equals(name) || network.getId().equals(name);
    }

    private static List<Network> those(List<Network> networks, Predicate<Network> which) {
        return networks.stream().filter(which).toList();
    }

    private static Optional<Network> lastWithGateway(List<Network> networks, List<Subnet> subnets) {
        Set<String> withGateway = subnets.stream()
                .filter(subnet -> !subnet.getGatewayIp().isEmpty())
                .map(Subnet::getNetworkId)
                .collect(Collectors.toUnmodifiableSet());
        return networks.reversed().stream()
                .filter(network -> withGateway.contains(network.getId()))
                .findFirst();
    }

    private static List<Network> union(List<Network> first, List<Network> second) {
        Map<String, Network> byId = new LinkedHashMap<>();
        Stream.concat(first.stream(), second.stream()).forEach(network -> byId.putIfAbsent(network.getId(), network));
        return List.copyOf(new ArrayList<>(byId.values()));
    }
}
