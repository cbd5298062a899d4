package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.v1.Location;

/** A storm of CreateServer over a project whose quota is smaller, on the real nova. */
@Tag("real")
class RealStormTest {
    private static final int CALLS = 100;
    private static final int QUOTA = 40;

    @Test
    void makesAsManyServersAsTheQuotaAllowsAndLeavesNothingElse(@TempDir Path folder) throws Exception {
        Path clouds = new TestCloud.Real().cloudsYaml(folder);
        String name = "storm-" + UUID.randomUUID().toString().substring(0, 8);
        try (StockApi admin = new StockApi(clouds, folder, "admin");
                OwnProject own = new OwnProject(clouds, folder, name);
                Served served = new Served(clouds, folder)) {
            String quotas = "/os-quota-sets/" + own.user().projectId();
            admin.put("compute", quotas, Map.of("quota_set", Map.of("instances", QUOTA, "cores", -1, "ram", -1)));
            try {
                Location where = Location.newBuilder()
                        .setCloud("demo")
                        .setProject(Location.Project.newBuilder().setName(name).setDomainName("Default"))
                        .build();
                CreateServerRequest plain = CreateServerRequest.newBuilder()
                        .setLocation(where)
                        .setFlavor("m1.nano")
                        .setImage("tiny")
                        .addNetworks(name)
                        .build();
                Storm storm = new Storm(served.client(), own.user());
                storm.rage(plain, name, CALLS);
                System.out.println("storm: real " + CALLS + " at once with a quota of " + QUOTA + ": "
                        + storm.made().size() + " servers, " + storm.failures());
                assertThat(storm.failures()).isEqualTo(Map.of("RESOURCE_EXHAUSTED QUOTA_EXCEEDED", CALLS - QUOTA));
                assertThat(storm.made()).hasSize(QUOTA);
                storm.leftNothingElse();
                storm.calm(where);
            } finally {
                admin.delete("compute", quotas);
            }
        }
    }
}
