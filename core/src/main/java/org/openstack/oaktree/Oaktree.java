package org.openstack.oaktree;

import java.util.List;
import java.util.Map;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.clouds.CloudsCalls;
import org.openstack.oaktree.compute.FlavorCompletion;
import org.openstack.oaktree.compute.Flavors;
import org.openstack.oaktree.compute.Reach;
import org.openstack.oaktree.compute.ServerCompletion;
import org.openstack.oaktree.compute.Servers;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.image.Images;
import org.openstack.oaktree.network.FloatingIps;
import org.openstack.oaktree.network.Reservations;
import org.openstack.oaktree.network.ServerFloatingIps;
import org.openstack.oaktree.resource.Additions;
import org.openstack.oaktree.resource.Api;
import org.openstack.oaktree.resource.Engine;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.CallObserver;
import org.openstack.oaktree.session.Sessions;

/** Everything behind the API, without what carries it: the calls over the clouds of a configuration. Safe for use by many threads. */
public final class Oaktree implements AutoCloseable {
    private final Sessions sessions;
    private final List<RpcService> services;

    private Oaktree(Sessions sessions, List<RpcService> services) {
        this.sessions = sessions;
        this.services = List.copyOf(services);
    }

    /**
     * Makes the calls. No cloud is asked anything yet.
     *
     * @param observer is told of every request that is sent to a cloud
     */
    public static Oaktree open(CloudsConfiguration configuration, CallObserver observer) {
        return open(Api.load(), configuration, observer);
    }

    /**
     * The same with another API: that of the program and, for example, what a test adds to it.
     *
     * @param observer is told of every request that is sent to a cloud
     */
    public static Oaktree open(Api api, CloudsConfiguration configuration, CallObserver observer) {
        Sessions sessions = new Sessions(configuration, observer);
        CloudDirectory clouds = new CloudDirectory(configuration, sessions);
        Engine engine = new Engine(api, clouds);
        ServerCompletion addresses = new ServerCompletion(engine.lists());
        ResourceAccess flavors = engine.access("oaktree.compute.v1.Flavor");
        FlavorCompletion extraSpecs = new FlavorCompletion(flavors);
        ResourceAccess floatingIpAccess = engine.access("oaktree.network.v1.FloatingIp");
        Reservations reservations = new Reservations();
        FloatingIps floatingIps = new FloatingIps(
                engine.creation("oaktree.network.v1.FloatingIp"), engine.lists(), floatingIpAccess, reservations);
        ServerFloatingIps serverFloatingIps =
                new ServerFloatingIps(floatingIpAccess, engine.lists(), floatingIps, reservations);
        ResourceAccess servers = engine.access("oaktree.compute.v1.Server");
        ResourceAccess volumes = engine.access("oaktree.blockstorage.v1.Volume");
        Reach reach = new Reach(servers, addresses, serverFloatingIps);
        List<RpcService> services = engine.services(
                Map.of(
                        "oaktree.clouds.v1.Clouds",
                        new CloudsCalls(clouds),
                        "oaktree.compute.v1.Flavors",
                        new Flavors(flavors, extraSpecs),
                        "oaktree.image.v1.Images",
                        new Images(engine.access("oaktree.image.v1.Image"), servers, volumes),
                        "oaktree.compute.v1.Servers",
                        new Servers(
                                engine.creation("oaktree.compute.v1.Server"),
                                servers,
                                volumes,
                                addresses,
                                reach,
                                serverFloatingIps),
                        "oaktree.network.v1.FloatingIps",
                        floatingIps),
                Map.of(
                        "oaktree.compute.v1.Server",
                        new Additions(addresses, reach, serverFloatingIps),
                        "oaktree.compute.v1.Flavor",
                        Additions.of(extraSpecs)));
        return new Oaktree(sessions, services);
    }

    /** Every service of the API. */
    public List<RpcService> services() {
        return services;
    }

    /** Closes the connections to all clouds. */
    @Override
    public void close() {
        sessions.close();
    }
}
