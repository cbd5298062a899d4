package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.network.ConfiguredCloud;

class ResourceTypeTest {
    private static final Api API = ExtendedApi.load();

    private static ResourceType type(String service) {
        return API.services().stream()
                .filter(declared -> declared.getName().equals(service))
                .map(declared -> Objects.requireNonNull(ResourceType.of(API, declared)))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; Servers; 5",
                "{}; Ports; 5",
                "{}; FloatingIps; 5",
                "{}; Volumes; 5",
                "{}; Flavors; 60",
                "{expiration_time: 3600}; Servers; 5",
                "{expiration_time: 3600}; Ports; 5",
                "{expiration_time: 3600}; FloatingIps; 5",
                "{expiration_time: 3600}; Volumes; 5",
                "{expiration_time: 3600}; Flavors; 3600",
                "{expiration_time: 0}; Flavors; 0",
                "{expiration_time: 3600, expiration: {server: 30, flavor: 7}}; Servers; 30",
                "{expiration_time: 3600, expiration: {server: 30, flavor: 7}}; Flavors; 7",
                "{expiration_time: 3600, expiration: {floating-ip: 0}}; FloatingIps; 0"
            })
    void howOldListsMayBe(String cache, String service, int seconds) {
        CloudConfig config = ConfiguredCloud.file(
                "{clouds: {c: {region_name: R, auth: {auth_url: 'http://127.0.0.1:9/v3'}}}, cache: " + cache + "}");
        assertThat(type(service).maxAge(config)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
