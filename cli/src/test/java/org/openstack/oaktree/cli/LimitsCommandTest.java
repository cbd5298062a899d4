package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.blockstorage.v1.GetVolumeLimitsRequest;
import org.openstack.oaktree.blockstorage.v1.GetVolumeLimitsResponse;
import org.openstack.oaktree.blockstorage.v1.VolumeLimits;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.ComputeLimits;
import org.openstack.oaktree.compute.v1.GetComputeLimitsRequest;
import org.openstack.oaktree.compute.v1.GetComputeLimitsResponse;
import org.openstack.oaktree.compute.v1.LimitsGrpc;
import org.openstack.oaktree.v1.Location;

/** The openstack client's {@code limits show --absolute}, of two services of the API. */
class LimitsCommandTest {
    private static final Value OTHERS = Value.newBuilder()
            .setStructValue(Struct.newBuilder()
                    .putFields(
                            "maxImageMeta",
                            Value.newBuilder().setNumberValue(128).build()))
            .build();
    private static final GetComputeLimitsResponse COMPUTE = GetComputeLimitsResponse.newBuilder()
            .setComputeLimits(ComputeLimits.newBuilder()
                    .setMaxTotalInstances(10)
                    .setTotalInstancesUsed(0)
                    .setMaxTotalRamMib(-1)
                    .setProperties(Struct.newBuilder().putFields("absolute", OTHERS)))
            .build();
    private static final GetVolumeLimitsResponse VOLUME = GetVolumeLimitsResponse.newBuilder()
            .setVolumeLimits(VolumeLimits.newBuilder().setMaxTotalVolumes(9).setMaxTotalVolumeGib(1000))
            .build();

    @TempDir
    private Path home;

    private CannedOaktree oaktree() {
        return new CannedOaktree(
                        home,
                        new LimitsGrpc.LimitsImplBase() {},
                        new org.openstack.oaktree.blockstorage.v1.LimitsGrpc.LimitsImplBase() {})
                .answer("GetComputeLimits", COMPUTE)
                .answer("GetVolumeLimits", VOLUME);
    }

    @Test
    void showsWhatTheServicesTellInTheirNames() {
        try (CannedOaktree oaktree = oaktree()) {
            assertThat(oaktree.run("limits", "show", "--absolute", "-f", "value"))
                    .isEqualTo(new Run(0, """
                                    maxTotalInstances 10
                                    totalInstancesUsed 0
                                    maxTotalRAMSize -1
                                    maxImageMeta 128
                                    maxTotalVolumes 9
                                    maxTotalVolumeGigabytes 1000
                                    """, ""));
            assertThat(oaktree.run("limits", "show", "-f", "json", "--noindent", "--sort-column", "Value")
                            .out())
                    .startsWith(
                            "[{\"Name\": \"maxTotalRAMSize\", \"Value\": -1}, {\"Name\": \"totalInstancesUsed\", \"Value\": 0}");
            assertThat(oaktree.run("limits", "show").out()).contains("| Name ", "| maxTotalVolumes ");
        }
    }

    @Test
    void asksBothServicesOfThePlaceAsFreshAsWanted() {
        try (CannedOaktree oaktree = oaktree()) {
            assertThat(oaktree.run("limits", "show", "--os-cloud", "devstack", "--max-age", "3s")
                            .code())
                    .isZero();
            Location place = Location.newBuilder().setCloud("devstack").build();
            Duration age = Duration.newBuilder().setSeconds(3).build();
            assertThat(oaktree.requests())
                    .containsExactly(
                            GetComputeLimitsRequest.newBuilder()
                                    .setLocation(place)
                                    .setMaxAge(age)
                                    .build(),
                            GetVolumeLimitsRequest.newBuilder()
                                    .setLocation(place)
                                    .setMaxAge(age)
                                    .build());
        }
    }

    @Test
    void printsChosenColumnsAndNoOthers() {
        try (CannedOaktree oaktree = oaktree()) {
            assertThat(oaktree.run("limits", "show", "-f", "value", "-c", "Value")
                            .out())
                    .isEqualTo("10\n0\n-1\n128\n9\n1000\n");
            Run unknown = oaktree.run("limits", "show", "-c", "Colour");
            assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
            assertThat(unknown.err()).contains("[Colour]", "[Name, Value]");
        }
    }

    @Test
    void printsNothingWhenOneServiceDoesNotTell() {
        try (CannedOaktree oaktree = oaktree()) {
            oaktree.forget("GetVolumeLimits")
                    .fail("GetVolumeLimits", Code.UNAVAILABLE, "SERVICE_UNREACHABLE", "Cinder does not answer.");
            Run run = oaktree.run("limits", "show");
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("Cinder does not answer.");
        }
    }
}
