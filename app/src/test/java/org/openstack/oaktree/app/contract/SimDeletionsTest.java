package org.openstack.oaktree.app.contract;

/** Deletions on the simulated cloud. */
class SimDeletionsTest extends Deletions {
    SimDeletionsTest() {
        super(new TestCloud.Sim());
    }
}
