package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** The contract on the real OpenStack that {@code testcloud/up} started. */
@Tag("real")
class RealContractTest extends Contract {
    RealContractTest() {
        super(new TestCloud.Real());
    }
}
