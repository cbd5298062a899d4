package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Faults;

/** The OpenStack that cases are held against: the same users, projects, flavors, images and networks in both. */
interface TestCloud extends AutoCloseable {
    /** How lines of results name it. */
    String name();

    /** The file of its clouds; the folder is for one that must be written. */
    Path cloudsYaml(Path folder) throws IOException;

    /** Name of the cloud of that user: admin, demo, demo2 (in project demo too), alt. */
    String cloud(String user);

    @Override
    void close();

    /** The OpenStack that {@code testcloud/up} started. */
    final class Real implements TestCloud {
        @Override
        public String name() {
            return "real";
        }

        @Override
        public Path cloudsYaml(Path folder) {
            return Path.of(Objects.requireNonNull(System.getProperty("oaktree.test.clouds"), "oaktree.test.clouds"));
        }

        @Override
        public String cloud(String user) {
            return user;
        }

        @Override
        public void close() {}
    }

    /** A simulated one in this process. */
    final class Sim implements TestCloud {
        private final SimCloud cloud = SimCloud.start(SimOptions.defaults());

        @Override
        public String name() {
            return "sim";
        }

        @Override
        public Path cloudsYaml(Path folder) throws IOException {
            return Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
        }

        @Override
        public String cloud(String user) {
            return user.equals("demo") ? "simcloud" : "simcloud-" + user;
        }

        /** What breaks in it. */
        Faults faults() {
            return cloud.faults();
        }

        @Override
        public void close() {
            cloud.close();
        }
    }
}
