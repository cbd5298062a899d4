package org.openstack.oaktree.app.contract;

/** Bad input on the simulated cloud. */
class SimBadInputTest extends BadInputCases {
    SimBadInputTest() {
        super(new TestCloud.Sim(), 32);
    }
}
