package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;

/** Reachable servers of the simulated cloud. */
class SimReachTest extends ReachLife {
    SimReachTest() {
        super(new TestCloud.Sim());
    }

    /** A network service that knows no such filter lists every floating IP. */
    @Test
    void othersFloatingIpsStayWhereTheCloudDoesNotFilterByDescription() {
        List<FloatingIp> before = floatingIps();
        assertThat(before).isNotEmpty();
        FloatingIp other = before.getFirst();
        Faults.Active unfiltered = ((TestCloud.Sim) cloud)
                .faults()
                .add(FaultRule.on(
                                "network",
                                new Fault.WrongBody(
                                        "application/json",
                                        "{\"floatingips\": [{\"id\": \"" + other.getId()
                                                + "\", \"description\": \"\", \"project_id\": \""
                                                + other.getLocation()
                                                        .getProject()
                                                        .getId() + "\"}]}"))
                        .method("GET")
                        .path("/v2.0/floatingips")
                        .times(1));
        failsToBuild();
        assertThat(unfiltered.struck()).isEqualTo(1);
        assertThat(floatingIps()).extracting(FloatingIp::getId).contains(other.getId());
    }
}
