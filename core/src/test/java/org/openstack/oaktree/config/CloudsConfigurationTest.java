package org.openstack.oaktree.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** What a configuration tells of itself: sources, warnings, descriptions, errors. */
class CloudsConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void tellsWhatWasReadFromWhere() throws IOException {
        Files.writeString(directory.resolve("secure.yaml"), "clouds: {devstack: {auth: {password: s3cr3t}}}\n");
        Files.createDirectories(directory.resolve("site"));
        Files.writeString(directory.resolve("site/clouds-public.yml"), "public-clouds: {vendor: {region_name: R}}\n");
        Files.writeString(directory.resolve("clouds.yaml"), CloudsTestFiles.cloud("profile: vendor"));
        CloudsConfiguration configuration = CloudsConfiguration.load(
                CloudsTestFiles.environment(directory, Map.of("OS_CLOUD", "devstack", "PATH", "/bin")));
        assertThat(configuration.sources())
                .extracting(Source::kind)
                .containsExactly(Source.Kind.CLOUDS, Source.Kind.SECURE, Source.Kind.PROFILES, Source.Kind.ENVIRONMENT);
        assertThat(configuration.sources().get(0).location())
                .isEqualTo(directory.resolve("clouds.yaml").toString());
        assertThat(configuration.sources().get(0).keys())
                .contains("clouds.devstack.auth.username", "clouds.devstack.profile");
        assertThat(configuration.sources().get(1).keys()).containsExactly("clouds.devstack.auth.password");
        assertThat(configuration.sources().get(2).keys()).containsExactly("public-clouds.vendor.region_name");
        assertThat(configuration.sources().get(3).keys()).containsExactly("OS_CLOUD");
        assertThat(configuration.cloud("", "").region()).isEqualTo("R");
    }

    @Test
    void warnsOfTextThatYamlTakesForSomethingElse() {
        CloudsConfiguration configuration = CloudsTestFiles.load(directory, """
                clouds:
                  a:
                    auth: {auth_url: "https://k/v3", username: yes, password: 0123, project_id: 42, user_domain_id: default}
                    compute_default_microversion: 2.10
                    image_format: 0x10
                    private: yes
                """);
        assertThat(configuration.warnings())
                .satisfiesExactly(
                        warning -> assertThat(warning).contains("clouds.a.auth.username is not text for YAML"),
                        warning -> assertThat(warning).contains("clouds.a.auth.password is not text for YAML"),
                        warning -> assertThat(warning).contains("clouds.a.compute_default_microversion"))
                .allSatisfy(warning ->
                        // The folder's name is made of random digits.
                        assertThat(warning.replace(directory.toString(), "")).doesNotContain("123", "83"));
    }

    /** As YAML's merge key says; in no case of openstacksdk's, whose answer depends on the version of PyYAML. */
    @Test
    void theFirstOfSeveralMergedMappingsWins() {
        CloudsConfiguration configuration = CloudsTestFiles.load(directory, """
                first: &first {image_format: vhd, x: 1}
                second: &second {image_format: raw, region_name: Second, x: 2}
                third: &third {region_name: Third, x: 3, private: true}
                clouds:
                  a:
                    auth: {auth_url: "https://k/v3", username: u, password: p, project_id: p}
                    <<: [*first, *second, *third]
                """);
        CloudConfig cloud = configuration.cloud("a", "");
        assertThat(cloud.region()).isEqualTo("Second");
        assertThat(cloud.settings())
                .containsEntry("image_format", "vhd")
                .containsEntry("x", "1")
                .containsEntry("private", true);
    }

    @Test
    void warnsOfFilesThatAreNotThere() {
        CloudsConfiguration configuration = CloudsConfiguration.load(
                CloudsTestFiles.environment(directory, Map.of("OS_CLIENT_CONFIG_FILE", "absent.yaml")));
        assertThat(configuration.warnings())
                .containsExactly(
                        "OS_CLIENT_CONFIG_FILE names " + directory.resolve("absent.yaml") + ", which does not exist");
        assertThat(configuration.cloudNames()).isEmpty();
        assertThat(configuration.defaultCloud()).isEmpty();
    }

    /** [BUG] §1.1: the file that a variable names was looked for ever after. */
    @Test
    void theFileOfOneEnvironmentIsNotThatOfTheNext() throws IOException {
        Files.writeString(directory.resolve("clouds.yaml"), CloudsTestFiles.cloud("region_name: Usual"));
        Path other = Files.writeString(directory.resolve("other.yaml"), CloudsTestFiles.cloud("region_name: Other"));
        Map<String, String> named = Map.of("OS_CLIENT_CONFIG_FILE", other.toString());
        assertThat(region(named)).isEqualTo("Other");
        assertThat(region(Map.of())).isEqualTo("Usual");
        assertThat(region(named)).isEqualTo("Other");
    }

    /** [BUG] §1.5: the auth_url of a vendor kept the placeholder of its region. */
    @Test
    void theAddressOfAProfileHasTheRegion() throws IOException {
        Files.writeString(directory.resolve("clouds-public.yaml"), """
                public-clouds:
                  vendor:
                    auth: {auth_url: "https://iam.{region_name}.vendor.example/v3"}
                    regions: [north, south]
                """);
        CloudsConfiguration configuration = CloudsTestFiles.load(directory, """
                clouds:
                  mine:
                    profile: vendor
                    auth: {username: u, password: p, project_name: q, user_domain_id: d, project_domain_id: d}
                """);
        for (String region : List.of("north", "south")) {
            assertThat(configuration.cloud("mine", region).auth())
                    .containsEntry("auth_url", "https://iam." + region + ".vendor.example/v3");
        }
    }

    private String region(Map<String, String> variables) {
        return CloudsConfiguration.load(CloudsTestFiles.environment(directory, variables))
                .cloud("devstack", "")
                .region();
    }

    @Test
    void describesWithoutSecrets() {
        CloudsConfiguration configuration = CloudsTestFiles.load(
                directory,
                CloudsTestFiles.cloud(
                                "regions: [One, {name: Two, values: {api_timeout: 9}}, Three]",
                                "cacert: /ca.pem",
                                "has_dns: false",
                                "compute_endpoint_override: https://user:s3cr3t@compute.example:8774/v2.1?key=s3cr3t",
                                "image_api_version: 2",
                                "networks: [{name: ext, routes_externally: true}, {name: int}]",
                                "colour: s3cr3t")
                        .replace("password: s3cr3t", "password: s3cr3t\n      nickname: s3cr3t"));
        assertThat(String.join("\n", configuration.describe("devstack").lines()) + "\n")
                .isEqualTo("""
                        regions: One, Three
                        authentication: password
                        auth_url: https://keystone.example:5000/v3
                        user: demo in domain Default
                        project: demo in domain Default
                        set and not shown: nickname, password
                        interface: public
                        certificates: verified with /ca.pem
                        compute: at https://compute.example:8774/v2.1
                        dns: said to be absent
                        image: api_version 2
                        network: api_version 2
                        object-store: api_version 1
                        network ext: routes IPv4 externally, routes IPv6 externally
                        network int: internal
                        floating IPs from: neutron
                        security groups from: neutron
                        region: Two
                        authentication: password
                        auth_url: https://keystone.example:5000/v3
                        user: demo in domain Default
                        project: demo in domain Default
                        set and not shown: nickname, password
                        interface: public
                        request timeout: 9.0 s
                        certificates: verified with /ca.pem
                        compute: at https://compute.example:8774/v2.1
                        dns: said to be absent
                        image: api_version 2
                        network: api_version 2
                        object-store: api_version 1
                        network ext: routes IPv4 externally, routes IPv6 externally
                        network int: internal
                        floating IPs from: neutron
                        security groups from: neutron
                        warning: cloud 'devstack': auth_type 'password' does not know nickname in auth; ignored
                        warning: cloud 'devstack': nothing is known of colour; ignored
                        """);
    }

    @Test
    void describesWhatIsWrong() {
        CloudsConfiguration configuration = CloudsTestFiles.load(directory, CloudsTestFiles.cloud("api_timeout: soon"));
        assertThat(String.join("\n", configuration.describe("devstack").lines()))
                .isEqualTo("error: Cloud 'devstack': api_timeout must be a number of seconds.");
        assertThat(configuration.describe("absent").lines().getFirst())
                .startsWith("error: No cloud 'absent' is configured");
    }

    @Test
    void describesHowOldListsMayBe() {
        CloudsConfiguration configuration = CloudsTestFiles.load(
                directory,
                CloudsTestFiles.cloud("api_timeout: 9")
                        + "\ncache: {expiration_time: 300, expiration: {image: 3600, server: 2}}\n");
        assertThat(configuration.describe("devstack").lines())
                .contains(
                        "lists may be as old as: 300.0 s, but those of what changes by itself; image 3600.0 s; server 2.0 s");
    }

    @Test
    void describesRegionsAlthoughAnotherIsWrong() {
        CloudsConfiguration configuration = CloudsTestFiles.load(
                directory, CloudsTestFiles.cloud("regions: [north, {name: east, values: {api_timeout: soon}}, south]"));
        CloudDescription cloud = configuration.describe("devstack");
        assertThat(cloud.regions())
                .singleElement()
                .satisfies(both -> assertThat(both.names()).containsExactly("north", "south"));
        assertThat(cloud.regions().getFirst().facts()).contains("authentication: password");
        assertThat(cloud.errors())
                .containsExactly("in region east: Cloud 'devstack': api_timeout must be a number of seconds.");
        assertThat(cloud.lines())
                .contains("regions: north, south")
                .endsWith("error: " + cloud.errors().getFirst());
    }

    @Test
    void oneBrokenCloudDoesNotHinderAnother() {
        CloudsConfiguration configuration =
                CloudsTestFiles.load(directory, CloudsTestFiles.cloud() + "  broken: {regions: 5}\n  empty: {}\n");
        assertThat(configuration.cloudNames()).containsExactly("devstack", "broken", "empty");
        assertThat(configuration.cloud("devstack", "").name()).isEqualTo("devstack");
        assertThatThrownBy(() -> configuration.regions("broken"))
                .isInstanceOfSatisfying(
                        OaktreeException.class,
                        e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED));
    }

    @Test
    void theSamePlaceIsTheSameObject() {
        CloudsConfiguration configuration =
                CloudsTestFiles.load(directory, CloudsTestFiles.cloud("regions: [One, Two]"));
        CloudConfig one = configuration.cloud("", "");
        assertThat(configuration.cloud("devstack", "One")).isSameAs(one);
        assertThat(configuration.cloud("devstack", "")).isSameAs(one);
        assertThat(configuration.cloud("", "Two")).isNotSameAs(one);
    }

    @Test
    void reasonsOfErrors() {
        CloudsConfiguration configuration =
                CloudsTestFiles.load(directory, CloudsTestFiles.cloud("regions: [One]") + "  other: {}\n");
        assertThat(reason(configuration, "absent", "")).isEqualTo(ErrorReason.ERROR_REASON_UNKNOWN_CLOUD);
        assertThat(reason(configuration, "", "")).isEqualTo(ErrorReason.ERROR_REASON_UNKNOWN_CLOUD);
        assertThat(reason(configuration, "devstack", "one")).isEqualTo(ErrorReason.ERROR_REASON_UNKNOWN_REGION);
        assertThat(reason(configuration, "other", "")).isEqualTo(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED);
    }

    private static ErrorReason reason(CloudsConfiguration configuration, String cloud, String region) {
        try {
            configuration.cloud(cloud, region);
            return ErrorReason.ERROR_REASON_UNSPECIFIED;
        } catch (OaktreeException e) {
            return e.reason();
        }
    }

    @Test
    void directoriesOfTheEnvironment() {
        Map<String, String> variables =
                Map.of("XDG_CONFIG_HOME", "/xdg", "SNAP_REAL_HOME", "/real", "XDG_CONFIG_DIRS", "/a::/b");
        ConfigEnvironment environment = new ConfigEnvironment(
                variables,
                Path.of("/work"),
                Path.of("/home/u"),
                ConfigEnvironment.siteDirectories(variables, Path.of("/etc")));
        assertThat(environment.directories())
                .containsExactly(
                        Path.of("/work"),
                        Path.of("/xdg/openstack"),
                        Path.of("/real/.config/openstack"),
                        Path.of("/a/openstack"),
                        Path.of("/b/openstack"),
                        Path.of("/etc/openstack"));
        ConfigEnvironment plain = new ConfigEnvironment(
                Map.of(),
                Path.of("/home/u/.config/openstack"),
                Path.of("/home/u"),
                ConfigEnvironment.siteDirectories(Map.of(), Path.of("/etc")));
        assertThat(plain.directories())
                .isEqualTo(List.of(
                        Path.of("/home/u/.config/openstack"),
                        Path.of("/etc/xdg/openstack"),
                        Path.of("/etc/openstack")));
        assertThat(ConfigEnvironment.system().directories())
                .startsWith(Path.of("").toAbsolutePath());
    }
}
