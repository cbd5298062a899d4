package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerNic;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.v1.Location;

/** What a new server is made of, in the words of the openstack client. */
class ServerCreateTest {
    private static final CreateServerRequest SERVER = CreateServerRequest.newBuilder()
            .setLocation(Location.getDefaultInstance())
            .setName("web")
            .setFlavor("m1.tiny")
            .build();

    @TempDir
    private Path home;

    private Run create(CreateServerRequest.Builder expected, String... options) {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.answer(
                    "CreateServer",
                    CreateServerResponse.newBuilder()
                            .setServer(Server.newBuilder().setId("s1").setName("web"))
                            .build());
            Run run = run(oaktree, options);
            assertThat(oaktree.requests()).containsExactly(expected.build());
            return run;
        }
    }

    private CannedOaktree oaktree() {
        return new CannedOaktree(home, new ServersGrpc.ServersImplBase() {});
    }

    private static Run run(CannedOaktree oaktree, String... options) {
        String[] words = {"server", "create", "web", "--flavor", "m1.tiny", "-f", "value", "-c", "name"};
        String[] all = Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return oaktree.run(all);
    }

    private void refused(String message, String... options) {
        try (CannedOaktree oaktree = oaktree()) {
            Run run = run(oaktree, options);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains(message);
            assertThat(oaktree.requests()).isEmpty();
        }
    }

    @Test
    void itsInterfacesAreInTheOrderInWhichTheyAreGiven() {
        Run run = create(
                SERVER.toBuilder()
                        .setImage("tiny")
                        .addNics(ServerNic.newBuilder()
                                .setNetwork("inside")
                                .setFixedIp("10.0.0.7")
                                .setTag("front"))
                        .addNics(ServerNic.newBuilder().setPort("p1"))
                        .addNics(ServerNic.newBuilder().setNetwork("outside"))
                        .addNics(ServerNic.newBuilder().setPort("p2"))
                        .addNics(ServerNic.newBuilder().setNetwork("six").setFixedIp("2001:db8::7")),
                "--image",
                "tiny",
                "--nic",
                "net-id=inside,v4-fixed-ip=10.0.0.7,tag=front",
                "--port=p1",
                "--network",
                "outside",
                "--nic=port-id=p2",
                "--nic",
                "net-id=six,v6-fixed-ip=2001:db8::7");
        assertThat(run).isEqualTo(new Run(0, "web\n", ""));
    }

    @Test
    void anInterfaceThatSaysNothingOrTooMuchIsRefused() {
        String keys = "is not KEY=VALUE with one of the keys net-id, port-id, v4-fixed-ip, v6-fixed-ip, tag";
        refused("--nic: 'inside' " + keys, "--nic", "inside");
        refused("--nic: 'net-name=inside' " + keys, "--nic", "net-name=inside");
        refused("--nic: '' " + keys, "--nic", "net-id=inside,");
        refused(
                "--nic: 'v6-fixed-ip=2001:db8::7' says again what was said before it",
                "--nic",
                "v4-fixed-ip=10.0.0.7,v6-fixed-ip=2001:db8::7");
        refused("Missing required parameter for option '--nic'", "--nic");
    }

    @Test
    void itBootsFromANewVolume() {
        create(
                SERVER.toBuilder()
                        .setImage("tiny")
                        .setBootFromVolume(true)
                        .setVolumeSizeGib(20)
                        .setTerminateVolume(true)
                        .addVolumes("data"),
                "--image",
                "tiny",
                "--boot-from-volume",
                "20",
                "--terminate-volume",
                "--volumes",
                "data");
        refused("--boot-from-volume: 'big' is no whole number", "--boot-from-volume", "big");
    }

    @Test
    void itBootsFromAVolumeThatIsThere() {
        create(SERVER.toBuilder().setBootVolume("root"), "--volume", "root");
    }

    @Test
    void theSchedulerIsHinted() {
        create(
                SERVER.toBuilder()
                        .setImage("tiny")
                        .setGroup("apart")
                        .setSchedulerHints(Struct.newBuilder()
                                .putFields(
                                        "different_host",
                                        Value.newBuilder().setStringValue("s0").build())),
                "--image",
                "tiny",
                "--group",
                "apart",
                "--hint",
                "different_host=s0");
    }

    @Test
    void itHasPropertiesGroupsTagsAndAZone() {
        create(
                SERVER.toBuilder()
                        .setLocation(Location.newBuilder().setZone("az2"))
                        .setImage("tiny")
                        .putMetadata("pool", "a=b")
                        .addSecurityGroups("inside")
                        .addSecurityGroups("outside")
                        .addTags("blue")
                        .setProperties(Struct.newBuilder()
                                .putFields(
                                        "hostname",
                                        Value.newBuilder()
                                                .setStringValue("web7")
                                                .build())),
                "--image=tiny",
                "--availability-zone=az2",
                "--property=pool=a=b",
                "--security-group=inside",
                "--security-group=outside",
                "--tag=blue",
                "--raw=hostname=web7");
    }

    @Test
    void thePasswordThatTheCloudChoseIsShownAndTheCallersIsNot() {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.answer(
                    "CreateServer",
                    CreateServerResponse.newBuilder()
                            .setServer(Server.newBuilder().setId("s1").setName("web"))
                            .setAdminPassword("s3cret")
                            .build());
            assertThat(oaktree.run("server", "create", "web", "-f", "shell").out())
                    .contains("adminpass=\"s3cret\"\nconfig_drive=", "name=\"web\"");
            assertThat(oaktree.run("server", "create", "web", "-f", "value", "-c", "adminPass"))
                    .isEqualTo(new Run(0, "s3cret\n", ""));
            assertThat(oaktree.run("server", "create", "web", "-f", "value", "-c", "id"))
                    .isEqualTo(new Run(0, "s1\n", ""));
            Run chosen = oaktree.run("server", "create", "web", "--admin-password", "s3cret");
            assertThat(chosen.code()).isZero();
            assertThat(chosen.out() + chosen.err()).doesNotContain("s3cret", "adminPass");
        }
    }

    @Test
    void theHelpHasTheWordsOfTheClientInsteadOfTheFields() {
        try (CannedOaktree oaktree = oaktree()) {
            assertThat(oaktree.run("server", "create", "--help").out())
                    .contains("--nic=KEY=VALUE[,...]", "--port=TEXT", "--network=TEXT")
                    .contains("--volume=TEXT", "--boot-from-volume=NUMBER", "--hint=KEY=VALUE")
                    .contains("Keys: net-id", "Have the cloud make a volume from image")
                    .contains("--property=KEY=VALUE", "--raw=KEY=VALUE", "--availability-zone=ZONE")
                    .doesNotContain("--nics", "--boot-volume", "--volume-size-gib", "--scheduler-hints", "--metadata");
        }
    }
}
