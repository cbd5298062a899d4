package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.v1.Location;

/** A storm of CreateServer on a simulated nova that sends some of them away for a while. */
class SimStormTest {
    private static final int CALLS = 100;

    @Test
    void makesEveryServerOnceThoughAThirdOfThePostsIsRefused(@TempDir Path folder) throws Exception {
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults())) {
            Path clouds = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            try (StockApi user = new StockApi(clouds, folder, "simcloud");
                    Served served = new Served(clouds, folder)) {
                Location where = Location.newBuilder().setCloud("simcloud").build();
                CreateServerRequest plain = PlainServer.request(served.client(), where);
                served.upstream();
                cloud.faults()
                        .add(FaultRule.on("compute", Fault.retryAfter(429, "1"))
                                .method("POST")
                                .path("/v2.1/servers")
                                .probability(1 / 3.0));
                Storm storm = new Storm(served.client(), user);
                storm.rage(plain, "storm", CALLS);
                int posts = served.upstream().getOrDefault("compute POST CreateServer", 0);
                System.out.println("storm: sim " + CALLS + " at once, a third of the POSTs refused with 429: " + posts
                        + " POSTs, " + storm.made().size() + " servers, " + storm.failures());
                assertThat(storm.failures()).isEmpty();
                assertThat(storm.made()).hasSize(CALLS);
                assertThat(posts).as("POSTs, refused ones among them").isGreaterThan(CALLS);
                storm.leftNothingElse();
                storm.calm(where);
            }
        }
    }
}
