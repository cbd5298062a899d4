package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/** Images of the simulated cloud. */
class SimImageLifeTest extends ImageLife {
    private final SimCloud cloud = SimCloud.start(SimOptions.defaults());

    @Override
    Path cloudsYaml() throws IOException {
        return Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
    }

    @Override
    String cloud() {
        return "simcloud";
    }

    @Override
    String name() {
        return "sim";
    }

    @Override
    void end() {
        cloud.close();
    }
}
