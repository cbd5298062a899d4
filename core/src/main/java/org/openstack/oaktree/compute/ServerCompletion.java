package org.openstack.oaktree.compute;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.openstack.oaktree.call.Fork;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.network.NetworkClassification;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.network.v1.Subnet;
import org.openstack.oaktree.resource.Completion;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceType;
import org.openstack.oaktree.resource.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to servers what only the network service knows: the addresses at which they are reached. Whatever their number, that takes one
 * list of ports, one of floating IPs and, as old as the configuration allows, one of networks and one of subnets.
 *
 * <p>A list of servers is completed once for each set of lists that went into it: who asks again while all of them are kept gets the same one.
 */
public final class ServerCompletion implements Completion {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCompletion.class);
    /** Bounds what is remembered of clouds whose networks go by other names every day. */
    private static final int MOST_TOLD = 1_000;

    private static final Snapshot NONE = new Snapshot(List.of(), Object::toString, Instant.MAX);

    private final Lists lists;
    private final ResourceType networks;
    private final ResourceType subnets;
    private final ResourceType ports;
    private final ResourceType floatingIps;
    private final Cache<Snapshot, Completed> completed =
            Caffeine.newBuilder().weakKeys().maximumSize(1_000).build();

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** The lists that went into a completed one. */
    private record Inputs(Snapshot ports, Snapshot floatingIps, Snapshot networks, Snapshot subnets) {}

    private record Completed(Inputs inputs, Snapshot servers) {}

    /** Completes from these lists. */
    public ServerCompletion(Lists lists) {
        this.lists = lists;
        this.networks = lists.type("oaktree.network.v1.Network");
        this.subnets = lists.type("oaktree.network.v1.Subnet");
        this.ports = lists.type("oaktree.network.v1.Port");
        this.floatingIps = lists.type("oaktree.network.v1.FloatingIp");
    }

    @Override
    public boolean isWanted(Message request) {
        FieldDescriptor bare = request.getDescriptorForType().findFieldByName("bare");
        return bare == null || request.getField(bare).equals(false);
    }

    @Override
    public Snapshot complete(Cloud cloud, Snapshot raw, Instant notBefore) {
        Completed known = completed.getIfPresent(raw);
        if (known != null && areKept(cloud, known.inputs(), notBefore)) {
            return known.servers();
        }
        Inputs inputs = inputs(cloud, notBefore);
        if (known != null && known.inputs().equals(inputs)) {
            return known.servers();
        }
        NetworkClassification classification = NetworkClassification.of(
                inputs.networks().resources(Network.class), inputs.subnets().resources(Subnet.class), cloud.config());
        classification.problems().forEach(problem -> tell(cloud, problem));
        AddressBook book = AddressBook.of(
                inputs.ports().resources(Port.class), inputs.floatingIps().resources(FloatingIp.class));
        ServerAddresses addresses = new ServerAddresses(cloud.config(), classification, book);
        Instant asOf =
                oldest(raw.asOf(), inputs.ports().asOf(), inputs.floatingIps().asOf());
        Snapshot servers = new Snapshot(
                raw.resources(Server.class).stream().map(addresses::complete).toList(),
                server -> ((Server) server).getId(),
                asOf);
        completed.put(raw, new Completed(inputs, servers));
        return servers;
    }

    /** Once for each cloud: lists are completed again and again. */
    private void tell(Cloud cloud, String problem) {
        if (told.size() < MOST_TOLD && told.add(cloud.config().region() + " " + problem)) {
            LOG.warn("{}", problem);
        }
    }

    private Inputs inputs(Cloud cloud, Instant notBefore) {
        if (!cloud.session().hasService("network")) {
            return new Inputs(NONE, NONE, NONE, NONE);
        }
        boolean book = ServerAddresses.needsAddressBook(cloud.config());
        boolean classes = NetworkClassification.needsNetworks(cloud.config());
        boolean gateways = NetworkClassification.needsSubnets(cloud.config());
        List<Supplier<Snapshot>> wanted = List.of(
                () -> book ? lists.get(cloud, ports, List.of(), notBefore) : NONE,
                () -> book ? lists.get(cloud, floatingIps, List.of(), notBefore) : NONE,
                () -> classes ? lists.get(cloud, networks, List.of(), remembered(cloud, networks, notBefore)) : NONE,
                () -> gateways ? lists.get(cloud, subnets, List.of(), remembered(cloud, subnets, notBefore)) : NONE);
        List<Snapshot> got = Fork.all(wanted, Supplier::get);
        return new Inputs(got.get(0), got.get(1), got.get(2), got.get(3));
    }

    /** Whether the same lists would be taken again, each from what is kept. */
    private boolean areKept(Cloud cloud, Inputs inputs, Instant notBefore) {
        return isKept(cloud, ports, inputs.ports(), notBefore)
                && isKept(cloud, floatingIps, inputs.floatingIps(), notBefore)
                && isKept(cloud, networks, inputs.networks(), remembered(cloud, networks, notBefore))
                && isKept(cloud, subnets, inputs.subnets(), remembered(cloud, subnets, notBefore));
    }

    private boolean isKept(Cloud cloud, ResourceType type, Snapshot list, Instant notBefore) {
        return list == NONE || list == lists.kept(cloud, type, List.of(), notBefore);
    }

    /** Networks change seldom: however fresh servers are wanted, theirs are as old as usual; older if the servers may be. */
    private static Instant remembered(Cloud cloud, ResourceType type, Instant notBefore) {
        return oldest(notBefore, Lists.usual(cloud, type));
    }

    private static Instant oldest(Instant first, Instant... others) {
        Instant oldest = first;
        for (Instant other : others) {
            oldest = Objects.requireNonNull(other).isBefore(oldest) ? other : oldest;
        }
        return oldest;
    }
}
