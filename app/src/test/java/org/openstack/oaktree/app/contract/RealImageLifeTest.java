package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;

/** Images of a real OpenStack. */
@Tag("real")
class RealImageLifeTest extends ImageLife {
    @Override
    Path cloudsYaml() {
        return Path.of(Objects.requireNonNull(System.getProperty("oaktree.test.clouds")));
    }

    @Override
    String cloud() {
        return "demo";
    }

    @Override
    String name() {
        return "real";
    }

    @Override
    void end() {}
}
