package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;

/** The contract on the real OpenStack that {@code testcloud/up} started. */
@Tag("real")
class RealContractTest extends Contract {
    @Override
    Path cloudsYaml() {
        return Path.of(Objects.requireNonNull(System.getProperty("oaktree.test.clouds"), "oaktree.test.clouds"));
    }

    @Override
    String cloud(String user) {
        return user;
    }

    @Override
    String name() {
        return "real";
    }

    @Override
    void end() {
        // It was there before, and stays.
    }
}
