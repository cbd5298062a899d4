package org.openstack.oaktree.app.contract;

/** Reachable servers of the simulated cloud. */
class SimReachTest extends ReachLife {
    SimReachTest() {
        super(new TestCloud.Sim());
    }
}
