package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataRequest;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataResponse;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.compute.v1.SetServerMetadataRequest;
import org.openstack.oaktree.compute.v1.SetServerMetadataResponse;
import org.openstack.oaktree.compute.v1.UpdateServerRequest;
import org.openstack.oaktree.compute.v1.UpdateServerResponse;
import org.openstack.oaktree.image.v1.ImagesGrpc;
import org.openstack.oaktree.image.v1.UpdateImageRequest;
import org.openstack.oaktree.image.v1.UpdateImageResponse;
import org.openstack.oaktree.v1.Location;

/** {@code set} changes fields and entries of the metadata, {@code unset} removes entries. */
class SetCommandTest {
    private static final Location CLOUD = Location.newBuilder().setCloud("c").build();
    private static final UpdateServerRequest UPDATE =
            UpdateServerRequest.newBuilder().setLocation(CLOUD).setServer("web").build();
    private static final SetServerMetadataRequest ENTRIES = SetServerMetadataRequest.newBuilder()
            .setLocation(CLOUD)
            .setServer("web")
            .putMetadata("pool", "a")
            .putMetadata("owner", "b")
            .build();

    @TempDir
    private Path home;

    private CannedOaktree oaktree;

    @BeforeEach
    void start() {
        oaktree = new CannedOaktree(home, new ServersGrpc.ServersImplBase() {})
                .variable("OS_CLOUD", "c")
                .answer("UpdateServer", UpdateServerResponse.getDefaultInstance())
                .answer("SetServerMetadata", SetServerMetadataResponse.getDefaultInstance());
    }

    @AfterEach
    void stop() {
        oaktree.close();
    }

    @Test
    void entriesOfTheMetadataAreSetByOneCallForEachServer() {
        assertThat(oaktree.run("server", "set", "web", "db", "--property", "pool=a", "--property", "owner=b"))
                .isEqualTo(new Run(0, "", ""));
        assertThat(oaktree.requests())
                .containsExactly(ENTRIES, ENTRIES.toBuilder().setServer("db").build());
    }

    @Test
    void fieldsAndEntriesAreTwoCalls() {
        assertThat(oaktree.run("server", "set", "web", "--name", "www", "--property=pool=a", "--property=owner=b"))
                .isEqualTo(new Run(0, "", ""));
        assertThat(oaktree.requests())
                .containsExactly(UPDATE.toBuilder().setName("www").build(), ENTRIES);
    }

    @Test
    void withoutEntriesThereIsOneCall() {
        assertThat(oaktree.run("server", "set", "web", "--raw", "hostname=www")).isEqualTo(new Run(0, "", ""));
        assertThat(oaktree.run("server", "set", "web")).isEqualTo(new Run(0, "", ""));
        assertThat(oaktree.requests())
                .containsExactly(
                        UPDATE.toBuilder()
                                .setProperties(Struct.newBuilder()
                                        .putFields(
                                                "hostname",
                                                Value.newBuilder()
                                                        .setStringValue("www")
                                                        .build()))
                                .build(),
                        UPDATE);
    }

    @Test
    void aChangeThatFailsSetsNoEntries() {
        oaktree.forget("UpdateServer").fail("UpdateServer", Code.NOT_FOUND, "RESOURCE_NOT_FOUND", "No server 'web'.");
        Run run = oaktree.run("server", "set", "web", "--name", "www", "--property", "pool=a");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("No server 'web'.");
        assertThat(oaktree.requests())
                .containsExactly(UPDATE.toBuilder().setName("www").build());
    }

    @Test
    void tagsOfAnImageAreReplacedAsAWhole() {
        try (CannedOaktree images = new CannedOaktree(home, new ImagesGrpc.ImagesImplBase() {})) {
            images.answer("UpdateImage", UpdateImageResponse.getDefaultInstance());
            assertThat(images.run(
                            "image", "set", "disk", "--tags", "a", "--property", "os_distro=debian", "--min-disk", "2"))
                    .isEqualTo(new Run(0, "", ""));
            assertThat(images.requests())
                    .containsExactly(UpdateImageRequest.newBuilder()
                            .setLocation(Location.getDefaultInstance())
                            .setImage("disk")
                            .addTags("a")
                            .setMinDiskGib(2)
                            .setProperties(Struct.newBuilder()
                                    .putFields(
                                            "os_distro",
                                            Value.newBuilder()
                                                    .setStringValue("debian")
                                                    .build()))
                            .build());
            assertThat(images.run("image", "set", "disk", "--tag", "a").code()).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void entriesAreRemoved() {
        oaktree.answer("DeleteServerMetadata", DeleteServerMetadataResponse.getDefaultInstance());
        assertThat(oaktree.run("server", "unset", "web", "--property", "pool", "--property", "owner"))
                .isEqualTo(new Run(0, "", ""));
        assertThat(oaktree.requests())
                .containsExactly(DeleteServerMetadataRequest.newBuilder()
                        .setLocation(CLOUD)
                        .setServer("web")
                        .addKeys("pool")
                        .addKeys("owner")
                        .build());
    }
}
