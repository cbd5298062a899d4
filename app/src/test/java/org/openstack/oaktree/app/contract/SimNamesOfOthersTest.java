package org.openstack.oaktree.app.contract;

/** Whom names mean on the simulated cloud. */
class SimNamesOfOthersTest extends NamesOfOthers {
    SimNamesOfOthersTest() {
        super(new TestCloud.Sim());
    }
}
