package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Isolation of callers on the real OpenStack. */
@Tag("real")
class RealIsolationTest extends Isolation {
    RealIsolationTest() {
        super(new TestCloud.Real(), 1, 12);
    }
}
