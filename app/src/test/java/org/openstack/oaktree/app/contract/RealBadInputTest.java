package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Bad input on the real OpenStack. */
@Tag("real")
class RealBadInputTest extends BadInputCases {
    RealBadInputTest() {
        super(new TestCloud.Real(), 12);
    }
}
