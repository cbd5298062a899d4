package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openstack.oaktree.v1.Location;

/** The race on the simulated cloud. */
class SimFloatingIpRaceTest extends FloatingIpRace {
    SimFloatingIpRaceTest() {
        super(60, 20);
    }

    @Override
    Scene scene() throws IOException {
        TestCloud.Sim cloud = new TestCloud.Sim();
        Path file = cloud.cloudsYaml(folder);
        StockApi user = new StockApi(file, folder, cloud.cloud("demo"));
        Belongings own = Belongings.ofProject(user, "race");
        return new Scene() {
            @Override
            public String name() {
                return "sim";
            }

            @Override
            public Path cloudsYaml() {
                return file;
            }

            @Override
            public StockApi user() {
                return user;
            }

            @Override
            public Location location() {
                return Location.newBuilder().setCloud(cloud.cloud("demo")).build();
            }

            @Override
            public String network() {
                return own.id("Networks");
            }

            @Override
            public List<String> servers() {
                return List.of(own.id("Servers"));
            }

            @Override
            public void close() {
                own.close();
                user.close();
                cloud.close();
            }
        };
    }
}
