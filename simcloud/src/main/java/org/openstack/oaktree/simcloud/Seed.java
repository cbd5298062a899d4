package org.openstack.oaktree.simcloud;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.keystone.Directory;
import org.openstack.oaktree.simcloud.keystone.Project;
import org.openstack.oaktree.simcloud.keystone.User;
import org.openstack.oaktree.simcloud.nova.Compute;
import org.openstack.oaktree.simcloud.nova.Flavor;
import org.openstack.oaktree.simcloud.world.Ids;

/** What every simulated cloud is born with: the same people, flavors, images and networks as the real test cloud. */
final class Seed {
    /** The flavor of the servers that are there at the start. */
    static final String SERVER_FLAVOR = "42";

    private static final List<String> IMAGES = List.of("tiny", "tiny-raw");

    private Seed() {}

    /** Whose the servers are that are there at the start: user demo in project demo. */
    static Caller owner(Directory directory) {
        Project project = directory.project("demo");
        return new Caller(directory.user("demo").id(), "demo", project.id(), project.name(), List.of("member"));
    }

    static String imageId(String name) {
        return Ids.fixedUuid("image " + name);
    }

    /** Whether everybody may use such an image. */
    static boolean isImage(Caller caller, String id) {
        return IMAGES.stream().map(Seed::imageId).anyMatch(id::equals);
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
}
