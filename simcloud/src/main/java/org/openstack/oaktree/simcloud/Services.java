package org.openstack.oaktree.simcloud;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.simcloud.cinder.Cinder;
import org.openstack.oaktree.simcloud.cinder.Volumes;
import org.openstack.oaktree.simcloud.glance.BlobStore;
import org.openstack.oaktree.simcloud.glance.Glance;
import org.openstack.oaktree.simcloud.glance.Images;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.keystone.Catalog;
import org.openstack.oaktree.simcloud.keystone.Directory;
import org.openstack.oaktree.simcloud.keystone.Keystone;
import org.openstack.oaktree.simcloud.keystone.Tokens;
import org.openstack.oaktree.simcloud.neutron.Networks;
import org.openstack.oaktree.simcloud.neutron.Neutron;
import org.openstack.oaktree.simcloud.neutron.ServerPorts;
import org.openstack.oaktree.simcloud.nova.Backends;
import org.openstack.oaktree.simcloud.nova.Compute;
import org.openstack.oaktree.simcloud.nova.Nova;
import org.openstack.oaktree.simcloud.nova.Population;
import org.openstack.oaktree.simcloud.world.World;

/** Makes the services of a cloud, connects them with each other, and fills them with what a cloud is born with. */
final class Services {
    private static final Duration AGE_OF_IMAGES = Duration.ofMinutes(10);

    private final Map<String, ApiService> byPath;

    Services(SimOptions options, World world, Directory directory, Tokens tokens, BlobStore store) {
        Images images = new Images(world, store);
        Networks networks = new Networks(world, options.quotas(), options.taskTime());
        Volumes volumes = new Volumes(world, images, options.quotas(), options.buildTime(), options.taskTime());
        Compute compute = new Compute(options.quotas(), options.pageLimit());
        Seed.people(directory);
        Seed.flavors(compute);
        Seed.images(
                images, directory, world.now().truncatedTo(ChronoUnit.SECONDS).minus(AGE_OF_IMAGES));
        Seed.networks(networks, directory);
        Seed.volumeTypes(volumes);
        Population population = new Population(
                options.servers(),
                Seed.owner(directory),
                Seed.imageId("tiny"),
                Seed.SERVER_FLAVOR,
                Seed.crowdNetwork(networks, directory, options.servers()));
        Backends backends = new Backends(images, new ServerPorts(networks), volumes);
        Catalog catalog = new Catalog(
                options.region(),
                List.of(
                        new Catalog.Entry("identity", "keystone", "/identity/v3"),
                        new Catalog.Entry("image", "glance", "/image"),
                        new Catalog.Entry("network", "neutron", "/network"),
                        new Catalog.Entry("compute", "nova", "/compute/v2.1"),
                        new Catalog.Entry("block-storage", "cinder", "/volume/v3/{project_id}"),
                        new Catalog.Entry("volumev3", "cinderv3", "/volume/v3/{project_id}")));
        byPath = Map.of(
                "identity",
                new Keystone(world, directory, tokens, catalog),
                "image",
                new Glance(world, tokens, images, options.pageLimit()),
                "network",
                new Neutron(world, tokens, networks, options.networkPageLimit()),
                "compute",
                new Nova(
                        world,
                        tokens,
                        compute,
                        backends,
                        population,
                        options.computeMax(),
                        options.buildTime(),
                        options.taskTime()),
                "volume",
                new Cinder(world, tokens, volumes, options.pageLimit()));
    }

    /** The services by the first word of their paths. */
    Map<String, ApiService> byPath() {
        return byPath;
    }
}
