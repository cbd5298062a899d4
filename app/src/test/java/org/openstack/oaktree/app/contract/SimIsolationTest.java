package org.openstack.oaktree.app.contract;

/** Isolation of callers on the simulated cloud. */
class SimIsolationTest extends Isolation {
    SimIsolationTest() {
        super(new TestCloud.Sim(), 5, 100);
    }
}
