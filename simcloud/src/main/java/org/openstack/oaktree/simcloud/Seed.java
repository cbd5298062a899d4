package org.openstack.oaktree.simcloud;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.simcloud.cinder.VolumeType;
import org.openstack.oaktree.simcloud.cinder.Volumes;
import org.openstack.oaktree.simcloud.glance.Images;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.keystone.Directory;
import org.openstack.oaktree.simcloud.keystone.Project;
import org.openstack.oaktree.simcloud.keystone.User;
import org.openstack.oaktree.simcloud.neutron.NetworkSeed;
import org.openstack.oaktree.simcloud.neutron.Networks;
import org.openstack.oaktree.simcloud.nova.Compute;
import org.openstack.oaktree.simcloud.nova.Flavor;
import org.openstack.oaktree.simcloud.world.Ids;

/** What every simulated cloud is born with: the same people, flavors, images and networks as the real test cloud. */
final class Seed {
    /** The flavor of the servers that are there at the start. */
    static final String SERVER_FLAVOR = "42";

    private Seed() {}

    /** The ID of one of the images that are there at the start. */
    static String imageId(String name) {
        return Ids.fixedUuid("image " + name);
    }

    /** A network for many servers of project demo; "" when there are to be none. */
    static String crowdNetwork(Networks networks, Directory directory, int servers) {
        if (servers == 0) {
            return "";
        }
        NetworkSeed seed = new NetworkSeed(networks);
        String demo = directory.project("demo").id();
        String crowd = seed.network(demo, "crowd");
        seed.subnet(demo, crowd, "crowd-subnet", "10.128.0.0/9", List.of());
        return crowd;
    }

    /** Whose the servers are that are there at the start: user demo in project demo. */
    static Caller owner(Directory directory) {
        Project project = directory.project("demo");
        return new Caller(directory.user("demo").id(), "demo", project.id(), project.name(), List.of("member"));
    }

    static void people(Directory directory) {
        Project adminProject = directory.addProject("admin");
        Project demoProject = directory.addProject("demo");
        Project altProject = directory.addProject("alt");
        User admin = directory.addUser("admin", "admin");
        User demo = directory.addUser("demo", "demo");
        User demo2 = directory.addUser("demo2", "demo2");
        User alt = directory.addUser("alt", "alt");
        directory.grant(admin, adminProject, "admin", "member", "reader");
        directory.grant(admin, demoProject, "admin", "member", "reader");
        directory.grant(demo, demoProject, "member", "reader");
        directory.grant(demo, altProject, "member", "reader");
        directory.grant(demo2, demoProject, "member", "reader");
        directory.grant(alt, altProject, "member", "reader");
    }

    static void flavors(Compute compute) {
        compute.put(Flavor.of("42", "m1.nano", 1, 64, 1));
        compute.put(Flavor.of("84", "m1.micro", 1, 128, 1));
        compute.put(Flavor.of("1", "m1.tiny", 1, 512, 1));
        compute.put(Flavor.of("2", "m1.small", 1, 2048, 20));
        compute.put(Flavor.of("3", "m1.medium", 2, 4096, 40));
        compute.put(Flavor.of("4", "m1.large", 4, 8192, 80));
        compute.put(Flavor.of("5", "m1.xlarge", 8, 16384, 160));
    }

    /** public (external), shared, provider (flat), and for demo and alt a network of their own behind a router. */
    static void networks(Networks networks, Directory directory) {
        NetworkSeed seed = new NetworkSeed(networks);
        String admin = directory.project("admin").id();
        String outside = seed.flatNetwork(admin, "public", true);
        String outsideSubnet = seed.subnet(admin, outside, "public-subnet", "172.24.0.0/20", List.of());
        seed.limit(outsideSubnet, "172.24.0.10", "172.24.15.250");
        networks.share(outside, directory.project("demo").id());
        String shared = seed.network(admin, "shared");
        networks.share(shared, "*");
        seed.subnet(admin, shared, "shared-subnet", "10.100.0.0/16", List.of());
        String provider = seed.flatNetwork(admin, "provider", false);
        networks.share(provider, "*");
        seed.subnet(admin, provider, "provider-subnet", "198.51.100.0/24", List.of());
        for (String name : List.of("demo", "alt")) {
            String project = directory.project(name).id();
            String own = seed.network(project, "private-" + name);
            String subnet = seed.subnet(project, own, "private-" + name + "-subnet", "10.1.0.0/20", List.of("9.9.9.9"));
            seed.router(project, "router-" + name, outside, subnet);
        }
    }

    /** tiny (an empty qcow2 disk of 8 MiB) and tiny-raw (1 MiB of zeros), both public. */
    static void images(Images images, Directory directory, Instant born) {
        String admin = directory.project("admin").id();
        images.seed(admin, "tiny", "qcow2", emptyQcow2(), born, Map.of("hw_rng_model", "virtio", "os_distro", "tiny"));
        images.seed(admin, "tiny-raw", "raw", new byte[1 << 20], born.plusSeconds(1), Map.of());
    }

    static void volumeTypes(Volumes volumes) {
        volumes.addType(new VolumeType(
                Ids.fixedUuid("type default"), VolumeType.DEFAULT_NAME, "Default Volume Type", true, Map.of()));
        volumes.addType(new VolumeType(Ids.fixedUuid("type fast"), "fast", null, true, Map.of()));
        volumes.addType(
                new VolumeType(Ids.fixedUuid("type slow"), "slow", null, true, Map.of("multiattach", "<is> True")));
    }

    /** A disk without content: header, reference counts of its four clusters, and a table that points nowhere. */
    private static byte[] emptyQcow2() {
        int cluster = 1 << 16;
        ByteBuffer image = ByteBuffer.allocate(3 * cluster + Long.BYTES);
        image.put(new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(3);
        image.putLong(0).putInt(0).putInt(16).putLong(8 << 20).putInt(0);
        image.putInt(1)
                .putLong(3L * cluster)
                .putLong(cluster)
                .putInt(1)
                .putInt(0)
                .putLong(0);
        image.putLong(0).putLong(0).putLong(0).putInt(4).putInt(104);
        image.putLong(cluster, 2L * cluster);
        for (int i = 0; i < 4; i++) {
            image.putShort(2 * cluster + i * Short.BYTES, (short) 1);
        }
        return image.array();
    }
}
