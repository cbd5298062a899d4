package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Deletions on the real OpenStack. */
@Tag("real")
class RealDeletionsTest extends Deletions {
    RealDeletionsTest() {
        super(new TestCloud.Real());
    }
}
