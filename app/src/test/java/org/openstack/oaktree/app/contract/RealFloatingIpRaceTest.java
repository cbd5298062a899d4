package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.openstack.oaktree.v1.Location;

/** The race on the real neutron. */
@Tag("real")
class RealFloatingIpRaceTest extends FloatingIpRace {
    /** Several, so that each has a short list of ports. */
    private static final int SERVERS = 4;

    /** A quarter of the whole race when nobody says more: neutron makes and attaches hardly two floating IPs in a second. */
    private static final int ATTACHES = Integer.getInteger("oaktree.test.race", 50);

    RealFloatingIpRaceTest() {
        super(ATTACHES, ATTACHES * 3 / 10);
    }

    @Override
    Scene scene() {
        String project = "race-" + UUID.randomUUID().toString().substring(0, 8);
        Path file = new TestCloud.Real().cloudsYaml(folder);
        OwnProject own = new OwnProject(file, folder, project);
        own.addServers(SERVERS);
        String network = own.user()
                .ids("network", "/v2.0/networks?name=" + project, "networks")
                .getFirst();
        List<String> servers = own.user().ids("compute", "/servers", "servers");
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
            public List<String> servers() {
                return servers;
            }

            @Override
            public void close() {
                own.close();
            }
        };
    }
}
