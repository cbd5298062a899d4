package org.openstack.oaktree.app.contract;

/** Floating IPs on the simulated cloud. */
class SimFloatingIpLifeTest extends FloatingIpLife {
    SimFloatingIpLifeTest() {
        super(new TestCloud.Sim());
    }
}
