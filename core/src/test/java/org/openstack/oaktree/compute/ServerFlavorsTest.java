package org.openstack.oaktree.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerFlavor;

/** What a server's flavor becomes when the flavors are known. */
class ServerFlavorsTest {
    private static final Flavor SMALL = Flavor.newBuilder()
            .setId("42")
            .setName("m1.small")
            .setRamMib(2048)
            .setVcpus(1)
            .setDiskGib(20)
            .putExtraSpecs("hw:cpu_policy", "shared")
            .build();
    private static final ServerFlavors KNOWN = ServerFlavors.of(List.of(SMALL));

    private static final ServerFlavor TOLD_SINCE_2_47 = ServerFlavor.newBuilder()
            .setName("m1.small")
            .setRamMib(2048)
            .setVcpus(1)
            .setDiskGib(20)
            .setEphemeralGib(0)
            .setSwapMib(0)
            .putExtraSpecs("hw:cpu_policy", "dedicated")
            .build();

    @Test
    void theIdIsFoundByName() {
        assertThat(complete(TOLD_SINCE_2_47))
                .isEqualTo(TOLD_SINCE_2_47.toBuilder().setId("42").build());
    }

    @Test
    void nameAndSizeAreFoundById() {
        assertThat(complete(ServerFlavor.newBuilder().setId("42").build()))
                .isEqualTo(ServerFlavor.newBuilder()
                        .setId("42")
                        .setName("m1.small")
                        .setRamMib(2048)
                        .setVcpus(1)
                        .setDiskGib(20)
                        .setEphemeralGib(0)
                        .setSwapMib(0)
                        .build());
    }

    @Test
    void aFlavorOfTheSameNameAndAnotherSizeIsNotTheServers() {
        ServerFlavor before = TOLD_SINCE_2_47.toBuilder().setRamMib(1024).build();
        assertThat(complete(before)).isEqualTo(before);
    }

    @Test
    void whatIsNotKnownStaysAsTold() {
        ServerFlavor gone = ServerFlavor.newBuilder().setId("43").build();
        ServerFlavor hidden = TOLD_SINCE_2_47.toBuilder().setName("hidden").build();
        assertThat(complete(gone)).isEqualTo(gone);
        assertThat(complete(hidden)).isEqualTo(hidden);
        assertThat(KNOWN.complete(Server.getDefaultInstance())).isEqualTo(Server.getDefaultInstance());
    }

    private static ServerFlavor complete(ServerFlavor told) {
        Server server = Server.newBuilder().setId("1").setFlavor(told).build();
        Server completed = KNOWN.complete(server);
        assertThat(completed.toBuilder().setFlavor(told).build()).isEqualTo(server);
        return completed.getFlavor();
    }
}
