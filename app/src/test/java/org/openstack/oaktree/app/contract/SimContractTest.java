package org.openstack.oaktree.app.contract;

/** The contract on the simulated cloud. */
class SimContractTest extends Contract {
    SimContractTest() {
        super(new TestCloud.Sim());
    }
}
