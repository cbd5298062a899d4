package org.openstack.oaktree.simcloud.nova;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.neutron.ServerPorts;
import org.openstack.oaktree.simcloud.world.Ids;

/**
 * The servers that a project has when the cloud starts: all ACTIVE, one created each second up to an hour before the start.
 *
 * @param owner whose they are
 * @param imageId what they were built from
 * @param flavorId what size they have
 * @param networkId where their addresses are
 */
public record Population(int count, Caller owner, String imageId, String flavorId, String networkId) {
    void addTo(Compute compute, ServerNetworks networks, Instant startedAt) {
        Flavor flavor = compute.flavor(flavorId).orElseThrow();
        Instant newest = startedAt.truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
        ServerNetworks.Plan plan = new ServerNetworks.Plan(List.of(new ServerPorts.Wish(networkId, "", "")), List.of());
        for (int i = 0; i < count; i++) {
            String name = "server-%05d".formatted(i);
            Server server = new Server(
                    compute.nextNumber(),
                    Ids.fixedUuid(name),
                    name,
                    owner.projectId(),
                    owner.userId(),
                    flavor,
                    newest.minusSeconds(count - i));
            Hosts.Host host = Hosts.choose("", server.number);
            server.host = host.name();
            server.zone = host.zone();
            server.imageId = imageId;
            server.reservationId = "r-%08d".formatted(i);
            server.launchedAt = server.createdAt.plusSeconds(4);
            server.become("active", null, 1, server.createdAt.plusSeconds(4));
            networks.connect(server, plan);
            networks.setActive(server, true);
            compute.add(server);
        }
    }
}
