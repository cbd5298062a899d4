package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Images of a real OpenStack. */
@Tag("real")
class RealImageLifeTest extends ImageLife {
    RealImageLifeTest() {
        super(new TestCloud.Real());
    }
}
