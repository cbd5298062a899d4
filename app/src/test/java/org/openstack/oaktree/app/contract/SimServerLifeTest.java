package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/** Servers of the simulated cloud. */
class SimServerLifeTest extends ServerLife {
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

    @Test
    void fiftyWaitsCostWhatOneCosts() throws Exception {
        isWaitedForByManyAtThePriceOfOne();
    }

    @Override
    void end() {
        cloud.close();
    }
}
