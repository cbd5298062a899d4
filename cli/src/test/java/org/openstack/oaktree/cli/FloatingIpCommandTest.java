package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerResponse;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerResponse;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteFloatingIpResponse;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.FloatingIpsGrpc;
import org.openstack.oaktree.v1.Location;

/** The words of the openstack client for floating IPs. */
class FloatingIpCommandTest {
    private static final FloatingIp ADDRESS = FloatingIp.newBuilder()
            .setId("f1")
            .setFloatingIpAddress("172.24.0.7")
            .build();

    @TempDir
    private Path home;

    private CannedOaktree oaktree() {
        return new CannedOaktree(
                home, new ServersGrpc.ServersImplBase() {}, new FloatingIpsGrpc.FloatingIpsImplBase() {});
    }

    @Test
    void isMadeOfANetworkAndDeleted() {
        try (CannedOaktree oaktree = oaktree()) {
            CreateFloatingIpResponse made =
                    CreateFloatingIpResponse.newBuilder().setFloatingIp(ADDRESS).build();
            oaktree.answer("CreateFloatingIp", made)
                    .answer("CreateFloatingIp", made)
                    .answer("DeleteFloatingIp", DeleteFloatingIpResponse.getDefaultInstance());
            assertThat(oaktree.run(
                            "floating", "ip", "create", "public", "--server", "web", "-f", "value", "-c", "name"))
                    .isEqualTo(new Run(0, "172.24.0.7\n", ""));
            assertThat(oaktree.run("floating", "ip", "create").code()).isZero();
            assertThat(oaktree.run("floating", "ip", "delete", "172.24.0.7"))
                    .isEqualTo(new Run(0, "", "There was no floating ip '172.24.0.7'.\n"));
            assertThat(oaktree.requests().get(0))
                    .isEqualTo(CreateFloatingIpRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setNetwork("public")
                            .setServer("web")
                            .build());
            assertThat(oaktree.requests().get(1))
                    .isEqualTo(CreateFloatingIpRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .build());
        }
    }

    @Test
    void isAddedToAServerAndRemoved() {
        try (CannedOaktree oaktree = oaktree()) {
            AddIpsToServerResponse added =
                    AddIpsToServerResponse.newBuilder().addFloatingIps(ADDRESS).build();
            oaktree.answer("AddIpsToServer", added)
                    .answer("AddIpsToServer", added)
                    .answer(
                            "DetachIpFromServer",
                            DetachIpFromServerResponse.newBuilder()
                                    .setDetached(true)
                                    .build())
                    .answer("DetachIpFromServer", DetachIpFromServerResponse.getDefaultInstance());
            assertThat(oaktree.run("server", "add", "floating", "ip", "web", "172.24.0.7"))
                    .isEqualTo(new Run(0, "", ""));
            assertThat(oaktree.run("server", "add", "floating", "ip", "web", "--reuse"))
                    .isEqualTo(new Run(0, "172.24.0.7\n", ""));
            assertThat(oaktree.run("server", "remove", "floating", "ip", "web", "172.24.0.7"))
                    .isEqualTo(new Run(0, "", ""));
            assertThat(oaktree.run("server", "remove", "floating", "ip", "web", "172.24.0.7"))
                    .isEqualTo(new Run(0, "", "The floating ip does not lead to the server.\n"));
            assertThat(oaktree.run("server", "remove", "floating", "ip", "web").code())
                    .isEqualTo(ExitCode.USAGE);
            AddIpsToServerRequest.Builder add = AddIpsToServerRequest.newBuilder()
                    .setLocation(Location.getDefaultInstance())
                    .setServer("web");
            assertThat(oaktree.requests().get(0))
                    .isEqualTo(add.clone().addFloatingIps("172.24.0.7").build());
            assertThat(oaktree.requests().get(1))
                    .isEqualTo(add.clone().setReuse(true).build());
            assertThat(oaktree.requests().get(2))
                    .isEqualTo(DetachIpFromServerRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setServer("web")
                            .setFloatingIp("172.24.0.7")
                            .build());
        }
    }

    @Test
    void thoseThatNobodyUsesArePruned() {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.answer(
                    "DeleteUnattachedFloatingIps",
                    DeleteUnattachedFloatingIpsResponse.newBuilder()
                            .addFloatingIps(ADDRESS)
                            .build());
            assertThat(oaktree.run(
                            "floating", "ip", "prune", "--min-age", "90s", "--dry-run", "-f", "value", "-c", "ID"))
                    .isEqualTo(new Run(0, "f1\n", ""));
            assertThat(oaktree.requests())
                    .containsExactly(DeleteUnattachedFloatingIpsRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setMinAge(Duration.newBuilder().setSeconds(90))
                            .setDryRun(true)
                            .build());
        }
    }
}
