package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Servers of a real OpenStack. */
@Tag("real")
class RealServerLifeTest extends ServerLife {
    RealServerLifeTest() {
        super(new TestCloud.Real());
    }
}
