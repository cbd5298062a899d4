package org.openstack.oaktree.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;

/** Makes the configuration of one cloud for tests, by way of a clouds.yaml as a user would write it. */
public final class ConfiguredCloud {
    private ConfiguredCloud() {}

    /** Cloud {@code c}, region {@code R}, with the given settings: the inside of a YAML flow mapping, such as {@code private: true}. */
    public static CloudConfig with(String settings) {
        return file("{clouds: {c: {region_name: R, auth: {auth_url: 'http://127.0.0.1:9/v3'}, " + settings + "}}}");
    }

    /** The only cloud of a clouds.yaml. */
    public static CloudConfig file(String content) {
        try {
            Path directory = Files.createTempDirectory("oaktree");
            Path file = directory.resolve("clouds.yaml");
            try {
                Files.writeString(file, content);
                return CloudsConfiguration.load(new ConfigEnvironment(Map.of(), directory, directory, List.of()))
                        .cloud("", "");
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
