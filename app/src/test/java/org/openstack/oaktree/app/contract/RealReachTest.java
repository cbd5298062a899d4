package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Reachable servers of a real OpenStack. */
@Tag("real")
class RealReachTest extends ReachLife {
    RealReachTest() {
        super(new TestCloud.Real());
    }
}
