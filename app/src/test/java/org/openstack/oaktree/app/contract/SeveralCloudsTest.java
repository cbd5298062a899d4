package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.clouds.v1.Cloud;
import org.openstack.oaktree.clouds.v1.ListCloudsRequest;
import org.openstack.oaktree.clouds.v1.ListCloudsResponse;
import org.openstack.oaktree.compute.v1.ListFlavorsRequest;
import org.openstack.oaktree.compute.v1.ListFlavorsResponse;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Unreachable;

/** One request to all clouds of a configuration. */
class SeveralCloudsTest {
    private static final int FLAVORS = 7;

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults());

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Started by each test.
    private Served served;

    @BeforeEach
    void serveNothing() throws IOException {
        served = new Served(Files.writeString(folder.resolve("none.yaml"), "clouds: {}"), folder);
    }

    @AfterEach
    void close() {
        served.close();
        cloud.close();
    }

    private void serve(String cloudsYaml) throws IOException {
        served.close();
        served = new Served(Files.writeString(folder.resolve("clouds.yaml"), cloudsYaml), folder);
    }

    private static Location everywhere() {
        return Location.newBuilder().setCloud("*").build();
    }

    private ListFlavorsResponse flavors(Location where) {
        return served.client()
                .call(
                        "ListFlavors",
                        ListFlavorsRequest.newBuilder().setLocation(where).build());
    }

    private String oneGoodAndManyBad() {
        return """
                clouds:
                  domainless:
                    auth_type: v3password
                    auth: {auth_url: '%1$s', username: demo, password: demo, project_name: demo}
                  misshapen:
                    auth: {auth_url: '%1$s', username: demo, password: demo, project_name: demo}
                    regions: {a: b}
                  untrusted:
                    auth: {auth_url: 'https://127.0.0.1:9/', username: demo, password: demo, project_name: demo,
                           user_domain_name: Default, project_domain_name: Default}
                    cacert: /nowhere/at/all.pem
                    region_name: RegionOne
                  good:
                    auth: {auth_url: '%1$s', username: demo, password: demo, project_name: demo,
                           user_domain_name: Default, project_domain_name: Default}
                    region_name: RegionOne
                  gone:
                    auth_type: v3applicationcredential
                    auth: {auth_url: 'http://127.0.0.1:9/', application_credential_id: a, application_credential_secret: b}
                    region_name: RegionOne
                """.formatted(cloud.identityUrl());
    }

    private static List<String> reasons(ListFlavorsResponse response) {
        return response.getUnreachableList().stream()
                .map(place -> place.getLocation().getCloud() + " " + place.getReason())
                .toList();
    }

    @Test
    void cloudsThatCannotBeUsedTakeNothingFromTheOthers() throws IOException {
        serve(oneGoodAndManyBad());

        ListFlavorsResponse all = flavors(everywhere());

        assertThat(all.getFlavorsList())
                .extracting(flavor -> flavor.getLocation().getCloud())
                .hasSize(FLAVORS)
                .containsOnly("good");
        assertThat(reasons(all))
                .containsExactly(
                        "domainless CLOUD_MISCONFIGURED",
                        "misshapen CLOUD_MISCONFIGURED",
                        "untrusted CLOUD_MISCONFIGURED",
                        "gone CLOUD_UNREACHABLE");
        assertThat(all.getUnreachableList()).extracting(Unreachable::getMessage).doesNotContain("");
    }

    @Test
    void norDoTheyInEveryRegionOrAnotherProject() throws IOException {
        serve(oneGoodAndManyBad());
        Location inAlt = everywhere().toBuilder()
                .setRegion("*")
                .setProject(Location.Project.newBuilder().setName("alt").setDomainName("Default"))
                .build();

        ListFlavorsResponse all = flavors(inAlt);

        assertThat(all.getFlavorsList()).hasSize(FLAVORS);
        assertThat(reasons(all))
                .contains("misshapen CLOUD_MISCONFIGURED", "gone CLOUD_UNREACHABLE")
                .hasSize(4);
    }

    @Test
    void oneThatIsAskedAloneSaysWhatIsWrong() throws IOException {
        serve(oneGoodAndManyBad());
        Contract.fails(
                "FAILED_PRECONDITION CLOUD_MISCONFIGURED",
                () -> flavors(Location.newBuilder()
                        .setCloud("misshapen")
                        .setRegion("*")
                        .build()));
    }

    @Test
    void whatIsWrongWithTheRequestIsNotThePlaces() throws IOException {
        serve(oneGoodAndManyBad());
        Location onlyDomain = everywhere().toBuilder()
                .setProject(Location.Project.newBuilder().setDomainName("Default"))
                .build();
        Contract.fails("INVALID_ARGUMENT INVALID_FIELD", () -> flavors(onlyDomain));
    }

    private List<Cloud> clouds(String wanted) {
        ListCloudsResponse response = served.client()
                .call(
                        "ListClouds",
                        ListCloudsRequest.newBuilder()
                                .setLocation(Location.newBuilder().setCloud(wanted))
                                .build());
        return response.getCloudsList();
    }

    @Test
    void cloudsThatCannotBeUsedAreListed() throws IOException {
        serve(oneGoodAndManyBad());
        assertThat(clouds(""))
                .extracting(Cloud::getName)
                .containsExactly("domainless", "gone", "good", "misshapen", "untrusted");
        assertThat(clouds("misshapen")).singleElement().satisfies(broken -> {
            assertThat(broken.getRegionsList()).isEmpty();
            assertThat(broken.getLocation().getRegion()).isEmpty();
        });
        assertThat(clouds("good")).singleElement().satisfies(good -> assertThat(good.getRegionsList())
                .containsExactly("RegionOne"));
        Contract.fails("INVALID_ARGUMENT UNKNOWN_CLOUD", () -> clouds("nowhere"));
    }
}
