package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;

/** Servers of a real OpenStack. */
@Tag("real")
class RealServerLifeTest extends ServerLife {
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
