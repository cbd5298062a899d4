package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Tag;

/** Floating IPs on the real OpenStack. */
@Tag("real")
class RealFloatingIpLifeTest extends FloatingIpLife {
    RealFloatingIpLifeTest() {
        super(new TestCloud.Real());
    }
}
