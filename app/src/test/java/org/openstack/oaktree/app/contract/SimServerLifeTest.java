package org.openstack.oaktree.app.contract;

import org.junit.jupiter.api.Test;

/** Servers of the simulated cloud. */
class SimServerLifeTest extends ServerLife {
    SimServerLifeTest() {
        super(new TestCloud.Sim());
    }

    @Test
    void fiftyWaitsCostWhatOneCosts() throws Exception {
        isWaitedForByManyAtThePriceOfOne();
    }
}
