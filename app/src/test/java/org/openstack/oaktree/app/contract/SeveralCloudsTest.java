package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.clouds.v1.Cloud;
import org.openstack.oaktree.clouds.v1.ListCloudsRequest;
import org.openstack.oaktree.clouds.v1.ListCloudsResponse;
import org.openstack.oaktree.compute.v1.ListFlavorsRequest;
import org.openstack.oaktree.compute.v1.ListFlavorsResponse;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
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

    private String threeGood() {
        StringBuilder clouds = new StringBuilder("clouds:\n");
        for (String name : List.of("one", "two", "three")) {
            clouds.append("""
                      %s:
                        auth: {auth_url: '%s', username: demo, password: demo, project_name: demo,
                               user_domain_name: Default, project_domain_name: Default}
                        region_name: RegionOne
                    """.formatted(name, cloud.identityUrl()));
        }
        return clouds.toString();
    }

    private List<String> pages(ListFlavorsRequest.Builder request) {
        List<String> places = new ArrayList<>();
        do {
            ListFlavorsResponse page = served.client().call("ListFlavors", request.build());
            assertThat(page.getUnreachableList()).isEmpty();
            page.getFlavorsList()
                    .forEach(flavor -> places.add(flavor.getLocation().getCloud()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return places;
    }

    @Test
    void pagesOverSeveralCloudsCostEachOfThemOneList() throws IOException {
        serve(threeGood());
        for (Duration age : List.of(
                Duration.getDefaultInstance(),
                Duration.newBuilder().setSeconds(60).build())) {
            flavors(everywhere());
            served.upstream();
            ListFlavorsRequest.Builder request = ListFlavorsRequest.newBuilder()
                    .setLocation(everywhere())
                    .setPageSize(2)
                    .setMaxAge(age);
            List<String> shown = pages(request);
            assertThat(shown).hasSize(3 * FLAVORS);
            assertThat(shown.stream().distinct()).containsExactly("one", "two", "three");
            assertThat(served.upstream())
                    .isEqualTo(age.getSeconds() == 0 ? Map.of("compute GET ListFlavors", 3) : Map.of());
        }
    }

    @Test
    void serversWhoseNetworkServiceRefusesAreListedBareOnly() throws IOException {
        serve(threeGood());
        cloud.faults().add(FaultRule.on("network", Fault.status(403, "{}")));
        ListServersRequest.Builder request = ListServersRequest.newBuilder()
                .setLocation(Location.newBuilder().setCloud("one"));
        Contract.fails(
                "PERMISSION_DENIED FORBIDDEN_BY_POLICY", () -> served.client().call("ListServers", request.build()));
        ListServersResponse bare =
                served.client().call("ListServers", request.setBare(true).build());
        assertThat(bare.getUnreachableList()).isEmpty();
    }

    @Test
    void aPageInTheMiddleOfOneCloudAsksNoOther() throws IOException {
        serve(oneGoodAndManyBad());
        ListFlavorsRequest.Builder request =
                ListFlavorsRequest.newBuilder().setLocation(everywhere()).setPageSize(2);
        ListFlavorsResponse first = served.client().call("ListFlavors", request.build());
        assertThat(first.getFlavorsCount()).isEqualTo(2);
        assertThat(reasons(first)).hasSize(3);
        served.upstream();
        ListFlavorsResponse second = served.client()
                .call(
                        "ListFlavors",
                        request.setPageToken(first.getNextPageToken()).build());
        assertThat(second.getFlavorsCount()).isEqualTo(2);
        assertThat(second.getUnreachableList()).isEmpty();
        assertThat(served.upstream()).isEmpty();
        request.setPageToken(second.getNextPageToken());
        ListFlavorsResponse third = served.client().call("ListFlavors", request.build());
        ListFlavorsResponse last = served.client()
                .call(
                        "ListFlavors",
                        request.setPageToken(third.getNextPageToken()).build());
        assertThat(last.getFlavorsCount()).isEqualTo(1);
        assertThat(reasons(last)).containsExactly("gone CLOUD_UNREACHABLE");
        assertThat(last.getNextPageToken()).isEmpty();
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
        assertThat(clouds("good"))
                .singleElement()
                .satisfies(good -> assertThat(good.getRegionsList()).containsExactly("RegionOne"));
        Contract.fails("INVALID_ARGUMENT UNKNOWN_CLOUD", () -> clouds("nowhere"));
    }
}
