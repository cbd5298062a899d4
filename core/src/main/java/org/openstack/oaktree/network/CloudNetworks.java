package org.openstack.oaktree.network;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.Subnet;
import org.openstack.oaktree.resource.Lists;
import org.openstack.oaktree.resource.ResourceType;

/** The special parts of a cloud's networks. What a kept list does not know is asked of the cloud. Safe for use by many threads. */
final class CloudNetworks {
    private final Lists lists;
    private final ResourceType networks;
    private final ResourceType subnets;

    CloudNetworks(Lists lists) {
        this.lists = lists;
        this.networks = lists.type("oaktree.network.v1.Network");
        this.subnets = lists.type("oaktree.network.v1.Subnet");
    }

    /**
     * The network that floating IPs are taken from.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when one is configured and cannot be told
     */
    Optional<Network> natSource(Cloud cloud) {
        return known(cloud, classification -> classification.natSource());
    }

    /**
     * The network whose addresses floating IPs lead to.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED when one is configured and cannot be told
     */
    Optional<Network> natDestination(Cloud cloud) {
        return known(cloud, classification -> classification.natDestination());
    }

    private Optional<Network> known(Cloud cloud, Function<NetworkClassification, Optional<Network>> part) {
        Instant asked = Instant.now();
        NetworkClassification usual = classification(cloud, Lists.usual(cloud, networks), Lists.usual(cloud, subnets));
        try {
            Optional<Network> found = part.apply(usual);
            if (found.isPresent()) {
                return found;
            }
        } catch (OaktreeException e) {
            // The network may have come, or lost its namesake, since the list was read.
        }
        return part.apply(classification(cloud, asked, asked));
    }

    private NetworkClassification classification(Cloud cloud, Instant networksNotBefore, Instant subnetsNotBefore) {
        if (!NetworkClassification.needsNetworks(cloud.config())) {
            return NetworkClassification.none();
        }
        List<Subnet> known = NetworkClassification.needsSubnets(cloud.config())
                ? lists.get(cloud, subnets, List.of(), subnetsNotBefore).resources(Subnet.class)
                : List.of();
        return NetworkClassification.of(
                lists.get(cloud, networks, List.of(), networksNotBefore).resources(Network.class),
                known,
                cloud.config());
    }
}
