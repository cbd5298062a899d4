package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Servers of every shape in a real OpenStack. */
@Tag("real")
class RealServerShapesTest extends ServerShapes {
    RealServerShapesTest() {
        super(new TestCloud.Real());
    }
}
