package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.image.v1.GetImageRequest;
import org.openstack.oaktree.image.v1.GetImageResponse;
import org.openstack.oaktree.network.v1.GetSubnetRequest;
import org.openstack.oaktree.network.v1.GetSubnetResponse;
import org.openstack.oaktree.v1.Location;

/**
 * A name means what is one's own and what is shared with one's project, for administrators too, whose lists show what all projects have.
 * A subclass says on which cloud.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NamesOfOthers {
    private static final String NOT_FOUND = "NOT_FOUND RESOURCE_NOT_FOUND";

    private final TestCloud cloud;
    private final String name = "names-" + UUID.randomUUID().toString().substring(0, 8);

    @SuppressWarnings("NullAway.Init") // Started before any case runs.
    private Served served;

    @SuppressWarnings("NullAway.Init") // Opened before any case runs.
    private StockApi alt;

    @SuppressWarnings("NullAway.Init") // Opened before any case runs.
    private StockApi admin;

    @SuppressWarnings("NullAway.Init") // Opened before any case runs.
    private StockApi demo;

    NamesOfOthers(TestCloud cloud) {
        this.cloud = cloud;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        Path clouds = cloud.cloudsYaml(folder);
        served = new Served(clouds, folder);
        alt = new StockApi(clouds, folder, cloud.cloud("alt"));
        admin = new StockApi(clouds, folder, cloud.cloud("admin"));
        demo = new StockApi(clouds, folder, cloud.cloud("demo"));
    }

    @AfterAll
    void close() {
        served.close();
        for (StockApi api : List.of(alt, admin, demo)) {
            api.close();
        }
        cloud.close();
    }

    private Location at(String user) {
        return Location.newBuilder().setCloud(cloud.cloud(user)).build();
    }

    private String image(String user, String nameOrId) {
        GetImageResponse got = served.client()
                .call(
                        "GetImage",
                        GetImageRequest.newBuilder()
                                .setLocation(at(user))
                                .setImage(nameOrId)
                                .setMaxAge(Duration.getDefaultInstance())
                                .build());
        return got.getImage().getId();
    }

    private String subnet(String user, String nameOrId) {
        GetSubnetResponse got = served.client()
                .call(
                        "GetSubnet",
                        GetSubnetRequest.newBuilder()
                                .setLocation(at(user))
                                .setSubnet(nameOrId)
                                .build());
        return got.getSubnet().getId();
    }

    private String imageOfAlt(String called, String visibility) {
        return StockApi.text(alt.post("image", "/v2/images", Map.of("name", called, "visibility", visibility)), "id");
    }

    @Test
    void anImageOfAnotherProjectHasItsNameOnlyWhereItIsAccepted() {
        String id = imageOfAlt(name, "shared");
        try {
            for (String user : List.of("admin", "demo")) {
                Contract.fails(NOT_FOUND, () -> image(user, name));
            }
            assertThat(image("admin", id)).isEqualTo(id);

            for (StockApi other : List.of(admin, demo)) {
                String members = "/v2/images/" + id + "/members";
                String user = other == admin ? "admin" : "demo";
                alt.post("image", members, Map.of("member", other.projectId()));
                Contract.fails(NOT_FOUND, () -> image(user, name));
                other.put("image", members + "/" + other.projectId(), Map.of("status", "accepted"));
                assertThat(image(user, name)).isEqualTo(id);
            }
        } finally {
            alt.delete("image", "/v2/images/" + id);
        }
    }

    @Test
    void aProjectsOwnImageIsMeantWhateverOthersCallTheirs() {
        String called = name + "-own";
        List<String> others = List.of(imageOfAlt(called, "private"), imageOfAlt(called, "shared"));
        String own = "";
        try {
            Contract.fails(NOT_FOUND, () -> image("admin", called));
            own = StockApi.text(admin.post("image", "/v2/images", Map.of("name", called)), "id");
            assertThat(image("admin", called)).isEqualTo(own);
        } finally {
            others.forEach(id -> alt.delete("image", "/v2/images/" + id));
            if (!own.isEmpty()) {
                admin.delete("image", "/v2/images/" + own);
            }
        }
    }

    @Test
    void aPublicImageIsEverybodysForOneCallOfItsName() {
        image("demo", "tiny");
        served.upstream();
        String id = image("demo", "tiny");
        assertThat(served.upstream()).isEqualTo(Map.of("image GET ListImages", 1));
        assertThat(image("admin", "tiny")).isEqualTo(id);
    }

    @Test
    void aSubnetOfAnotherProjectHasItsNameOnlyWhereItsNetworkIsShared() {
        String ofAlt = subnet("alt", "private-alt-subnet");
        Contract.fails(NOT_FOUND, () -> subnet("admin", "private-alt-subnet"));
        Contract.fails(NOT_FOUND, () -> subnet("demo", "private-alt-subnet"));
        assertThat(subnet("admin", ofAlt)).isEqualTo(ofAlt);
        String shared = subnet("demo", "shared-subnet");
        assertThat(subnet("admin", "shared-subnet")).isEqualTo(shared);
    }

    @Test
    void theNetworksOfOthersSubnetsAreRemembered() {
        subnet("alt", "shared-subnet");
        served.upstream();
        GetSubnetRequest fresh = GetSubnetRequest.newBuilder()
                .setLocation(at("alt"))
                .setSubnet("shared-subnet")
                .setMaxAge(Duration.getDefaultInstance())
                .build();
        served.client().call("GetSubnet", fresh);
        assertThat(served.upstream()).isEqualTo(Map.of("network GET ListSubnets", 1));
    }
}
