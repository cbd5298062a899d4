package org.openstack.oaktree.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** What each setting of a cloud does, and what holds without it. */
class CloudConfigTest {

    @TempDir
    private Path directory;

    private CloudConfig config(String... settings) {
        return CloudsTestFiles.load(directory, CloudsTestFiles.cloud(settings)).cloud("", "");
    }

    @Test
    void withoutAnySetting() {
        CloudConfig config = config();
        assertThat(config.name()).isEqualTo("devstack");
        assertThat(config.region()).isEmpty();
        assertThat(config.authType()).isEqualTo("password");
        assertThat(config.interfaces()).containsExactly("public");
        assertThat(config.interfaces("image")).containsExactly("public");
        assertThat(config.apiTimeout()).isEmpty();
        assertThat(config.verify()).isTrue();
        assertThat(config.caCert()).isEmpty();
        assertThat(config.clientCert()).isEmpty();
        assertThat(config.clientKey()).isEmpty();
        assertThat(config.networks()).isEmpty();
        assertThat(config.isPrivate()).isFalse();
        assertThat(config.useExternalNetwork()).isTrue();
        assertThat(config.useInternalNetwork()).isTrue();
        assertThat(config.forceIpv4()).isFalse();
        assertThat(config.floatingIpSource()).isEqualTo("neutron");
        assertThat(config.securityGroupSource()).isEqualTo("neutron");
        assertThat(config.maxAge("server")).isEmpty();
        assertThat(config.maxAge()).isEmpty();
        assertThat(config.rateLimit("compute")).isEmpty();
        assertThat(config.concurrency("compute")).isEmpty();
        assertThat(config.hasService("network")).isTrue();
        assertThat(config.endpointOverride("compute")).isEmpty();
        assertThat(config.serviceType("volume")).isEqualTo("block-storage");
        assertThat(config.service("compute", "service_name")).isEmpty();
        assertThat(config.region("compute")).isEmpty();
        assertThat(config.apiVersion("compute")).isEmpty();
        assertThat(config.apiVersion("network")).contains("2");
        assertThat(config.settings())
                .containsEntry("image_format", "qcow2")
                .containsEntry("image_api_use_tasks", false)
                .containsEntry("disable_vendor_agent", Map.of())
                .doesNotContainKeys("requires_floating_ip", "cacert", "api_timeout");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void settingsOfServicesUnderAnyOfTheirNames() {
        CloudConfig config = config(
                "volume_api_version: 3",
                "volumev3_endpoint_override: https://volume.example",
                "object_store_endpoint: https://swift.example",
                "compute_service_type: compute_legacy",
                "compute_service_name: nova",
                "compute_region_name: Other",
                "compute_interface: [internal, public]",
                "compute_default_microversion: '2.79'",
                "image_api_version: latest");
        assertThat(config.apiVersion("block-storage")).contains("3");
        assertThat(config.apiVersion("volumev2")).contains("3");
        assertThat(config.endpointOverride("block_storage")).contains("https://volume.example");
        assertThat(config.endpointOverride("object-store")).contains("https://swift.example");
        assertThat(config.serviceType("compute")).isEqualTo("compute_legacy");
        assertThat(config.service("compute", "service_name")).contains("nova");
        assertThat(config.region("compute")).isEqualTo("Other");
        assertThat(config.interfaces("compute")).containsExactly("internal", "public");
        assertThat(config.service("compute", "default_microversion")).contains("2.79");
        assertThat(config.apiVersion("image")).isEmpty();
        assertThat(config.apiVersion("network")).contains("2");
    }

    @Test
    void identityWithoutScopeIsWhereAuthUrlSays() {
        String unscoped = """
                clouds:
                  a:
                    auth: {auth_url: "https://k/v3", username: u, password: s3cr3t, user_domain_id: default}
                """;
        CloudConfig config = CloudsTestFiles.load(directory, unscoped).cloud("", "");
        assertThat(config.endpointOverride("identity")).contains("https://k/v3");
        assertThat(config.endpointOverride("compute")).isEmpty();
        assertThat(config().endpointOverride("identity")).isEmpty();
    }

    @Test
    void absentServices() {
        CloudConfig config = config("has_network: false", "has_volume: 'No'", "has_dns: true");
        assertThat(config.hasService("network")).isFalse();
        assertThat(config.hasService("block-storage")).isFalse();
        assertThat(config.hasService("volumev3")).isFalse();
        assertThat(config.hasService("dns")).isTrue();
        assertThat(config.hasService("compute")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"neutron,neutron", "Nova,nova", "None,none", "none,none", "~,none", "null,none", "'',none"})
    void sourcesOfFloatingIpsAndSecurityGroups(String written, String meant) {
        CloudConfig config = config("floating_ip_source: " + written, "secgroup_source: " + written);
        assertThat(config.floatingIpSource()).isEqualTo(meant);
        assertThat(config.securityGroupSource()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "'true'", "True", "on", "1", "'ON'"})
    void flags(String yes) {
        CloudConfig config = config("private: " + yes, "force_ipv4: " + yes, "insecure: true");
        assertThat(config.isPrivate()).isTrue();
        assertThat(config.forceIpv4()).isTrue();
        assertThat(config.verify()).isFalse();
        CloudConfig off = config("use_external_network: no", "use_internal_network: 'false'", "prefer_ipv6: off");
        assertThat(off.useExternalNetwork()).isFalse();
        assertThat(off.useInternalNetwork()).isFalse();
        assertThat(off.forceIpv4()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private: maybe",
                "verify: /etc/ca.pem",
                "use_external_network: [true]",
                "api_timeout: -1",
                "api_timeout: .inf",
                "api_timeout: .nan",
                "api_timeout: 1e400",
                "api_timeout: {seconds: 1}",
                "rate_limit: 0",
                "rate_limit: {compute: -1}",
                "concurrency: many",
                "cacert: \"\\0\"",
                "prefer_ipv6: 5",
                "auth: [a]",
                "networks: {name: a}",
                "networks: [a]",
                "regions: One",
                "regions: [[One]]",
                "regions: [~]"
            })
    void wrongValuesNameTheSetting(String setting) {
        String key = setting.substring(0, setting.indexOf(':'));
        assertThatThrownBy(() -> config(setting)).isInstanceOfSatisfying(OaktreeException.class, e -> {
            assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED);
            assertThat(e.getMessage()).startsWith("Cloud 'devstack': ").contains(key);
        });
    }

    @Test
    void certificatesBelowTheHome() {
        CloudConfig config = config("cacert: ~/ca.pem", "cert: c.pem", "key: /k.pem");
        assertThat(config.caCert()).contains(directory.resolve("home/ca.pem"));
        assertThat(config.clientCert()).contains(directory.resolve("c.pem"));
        assertThat(config.clientKey()).contains(Path.of("/k.pem"));
        assertThat(config("verify: false", "cacert: /ca.pem").caCert()).isEmpty();
        assertThat(config("verify: false", "cacert: /ca.pem").warnings())
                .containsExactly("cloud 'devstack': cacert is given, but certificates are not verified");
    }

    @Test
    void timeouts() {
        assertThat(config("api_timeout: 2.5").apiTimeout()).contains(Duration.ofMillis(2500));
        assertThat(config("compute_timeout: 20", "api_timeout: 5").apiTimeout()).contains(Duration.ofSeconds(20));
        assertThat(config("timeout: 20").apiTimeout()).isEmpty();
    }

    @Test
    void networks() {
        CloudConfig config = config(
                "networks:",
                "- {name: ext, routes_externally: true, nat_source: true}",
                "- {name: six, routes_ipv6_externally: true, default_interface: true}",
                "- {name: 42, nat_destination: true, routes-externally: true}");
        assertThat(config.networks())
                .containsExactly(
                        new NetworkSetting("ext", true, true, true, true, false, false),
                        new NetworkSetting("six", false, false, true, false, false, true),
                        new NetworkSetting("42", false, false, false, false, true, false));
        assertThat(config.warnings())
                .containsExactly("cloud 'devstack': networks[2] has unknown keys: routes-externally");
    }

    @Test
    void oldNetworkSettings() {
        CloudConfig config = config("external_network: ext", "internal_network: int");
        assertThat(config.networks())
                .containsExactly(
                        new NetworkSetting("ext", true, true, true, false, false, true),
                        new NetworkSetting("int", false, false, false, false, true, false));
        assertThat(config.warnings()).hasSize(2).allMatch(warning -> warning.contains("is an old name"));
    }

    @Test
    void limits() {
        CloudConfig all = config("rate_limit: 0.5", "concurrency: 3");
        assertThat(all.rateLimit("image")).hasValue(0.5);
        assertThat(all.concurrency("volume")).hasValue(3);
        CloudConfig some = config("rate_limit: {compute: 5, volumev3: 2}", "concurrency: {block-storage: 0.5}");
        assertThat(some.rateLimit("compute")).hasValue(5);
        assertThat(some.rateLimit("block-storage")).hasValue(2);
        assertThat(some.rateLimit("image")).isEmpty();
        assertThat(some.concurrency("volume")).hasValue(1);
    }

    @Test
    void agesOfWhatIsCached() {
        String cache = """
                cache:
                  expiration_time: 3600
                  expiration: {server: 5, floating-ip: 0, flavor: -1, compute.images: 7}
                """;
        CloudConfig config =
                CloudsTestFiles.load(directory, CloudsTestFiles.cloud() + cache).cloud("", "");
        assertThat(config.maxAge("server")).contains(Duration.ofSeconds(5));
        assertThat(config.maxAge("floating_ip")).contains(Duration.ZERO);
        assertThat(config.maxAge("floating-ip")).contains(Duration.ZERO);
        assertThat(config.maxAge("flavor"))
                .hasValueSatisfying(age -> assertThat(age).isGreaterThan(Duration.ofDays(3650)));
        assertThat(config.maxAge("image")).contains(Duration.ofSeconds(7));
        assertThat(config.maxAge("port")).isEmpty();
        assertThat(config.maxAge()).contains(Duration.ofHours(1));
        CloudConfig old = CloudsTestFiles.load(directory, CloudsTestFiles.cloud() + "cache: {max_age: 60}\n")
                .cloud("", "");
        assertThat(old.maxAge()).contains(Duration.ofMinutes(1));
    }

    @Test
    void unknownSettingsAreKeptAndWarnedOf() {
        CloudConfig config = config("colour: blue", "region-nmae: x", "vendor_hook: a.b", "has_magic: true");
        assertThat(config.settings())
                .containsEntry("colour", "blue")
                .containsEntry("region_nmae", "x")
                .containsEntry("vendor_hook", "a.b");
        assertThat(config.warnings())
                .containsExactly("cloud 'devstack': nothing is known of colour, region_nmae; ignored");
    }

    @Test
    void unsupportedKindsOfAuthenticationAreWarnedOf() {
        assertThat(config("auth_type: v3kerberos").warnings())
                .containsExactly(
                        "cloud 'devstack': auth_type 'v3kerberos' is not supported; calls to the cloud will fail");
    }

    @Test
    void nothingCanBeChangedFromOutside() {
        CloudConfig config = config("networks: [{name: a}]", "list: [1]");
        Map<?, ?> below = (Map<?, ?>) config.settings().get("auth");
        for (Map<?, ?> map : List.of(config.settings(), config.auth(), below)) {
            assertThatThrownBy(() -> map.remove("auth_url")).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThatThrownBy(() -> config.networks().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
