package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.openstack.oaktree.v1.Location;

/** The race on the real neutron. */
@Tag("real")
class RealFloatingIpRaceTest extends FloatingIpRace {
    RealFloatingIpRaceTest() {
        super(200, 60);
    }

    @Override
    Scene scene() {
        String project = "race-" + UUID.randomUUID().toString().substring(0, 8);
        Path file = new TestCloud.Real().cloudsYaml(folder);
        OwnProject own = new OwnProject(file, folder, project);
        own.addServers(1);
        String network = own.user()
                .ids("network", "/v2.0/networks?name=" + project, "networks")
                .getFirst();
        String server = own.user().ids("compute", "/servers", "servers").getFirst();
        return new Scene() {
            @Override
            public String name() {
                return "real";
            }

            @Override
            public Path cloudsYaml() {
                return file;
            }

            @Override
            public StockApi user() {
                return own.user();
            }

            @Override
            public Location location() {
                return Location.newBuilder()
                        .setCloud("demo")
                        .setProject(
                                Location.Project.newBuilder().setName(project).setDomainName("Default"))
                        .build();
            }

            @Override
            public String network() {
                return network;
            }

            @Override
            public String server() {
                return server;
            }

            @Override
            public void close() {
                own.close();
            }
        };
    }
}
