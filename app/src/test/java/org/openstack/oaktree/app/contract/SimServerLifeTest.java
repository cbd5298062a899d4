package org.openstack.oaktree.app.contract;

/** Servers of the simulated cloud. */
class SimServerLifeTest extends ServerLife {
    SimServerLifeTest() {
        super(new TestCloud.Sim());
    }
}
