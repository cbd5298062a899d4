package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Whom names mean on the real OpenStack. */
@Tag("real")
class RealNamesOfOthersTest extends NamesOfOthers {
    RealNamesOfOthersTest() {
        super(new TestCloud.Real());
    }
}
