package org.openstack.oaktree.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.simcloud.SimCloud;

/** A clouds.yaml for a benchmark. Networks are remembered for an hour in it, so that every measured list costs the same calls. */
final class CloudsFile {
    private final StringBuilder text =
            new StringBuilder("cache: {expiration: {network: 3600, subnet: 3600}}\nclouds:\n");

    /**
     * Adds a cloud.
     *
     * @param endpoints of services that are not to be looked for in the catalog
     */
    CloudsFile add(String name, Map<String, String> auth, Map<String, URI> endpoints) {
        text.append("  ").append(name).append(":\n    region_name: RegionOne\n    auth:\n");
        new TreeMap<>(auth)
                .forEach((key, value) -> text.append("      ")
                        .append(key)
                        .append(": '")
                        .append(value.replace("'", "''"))
                        .append("'\n"));
        endpoints.forEach((service, url) -> text.append("    %s_endpoint_override: %s%n".formatted(service, url)));
        return this;
    }

    /** Adds a simulated cloud, as its user demo sees it. */
    CloudsFile add(String name, SimCloud cloud) {
        Map<String, String> auth = Map.of(
                "auth_url", cloud.identityUrl().toString(),
                "username", "demo",
                "password", "demo",
                "project_name", "demo",
                "user_domain_name", "Default",
                "project_domain_name", "Default");
        return add(name, auth, Map.of());
    }

    Path write(Path file) throws IOException {
        return Files.writeString(file, text);
    }

    /** What a file says, and no other file or variable. */
    static CloudsConfiguration read(Path file) {
        ConfigEnvironment system = ConfigEnvironment.system();
        return CloudsConfiguration.load(
                new ConfigEnvironment(Map.of(), system.workingDirectory(), system.home(), system.siteDirectories())
                        .withCloudsFile(file));
    }
}
