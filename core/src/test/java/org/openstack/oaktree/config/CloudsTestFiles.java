package org.openstack.oaktree.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configurations of tests, written to files and read back as a user's are. */
final class CloudsTestFiles {

    private static final String CREDENTIALS = """
                auth:
                  auth_url: https://keystone.example:5000/v3
                  username: demo
                  password: s3cr3t
                  project_name: demo
                  user_domain_name: Default
                  project_domain_name: Default
            """;

    private CloudsTestFiles() {}

    /** A clouds.yaml with one cloud, devstack, that has ordinary credentials and these settings. */
    static String cloud(String... settings) {
        StringBuilder text = new StringBuilder("clouds:\n  devstack:\n").append(CREDENTIALS);
        for (String setting : settings) {
            text.append(setting.indent(4));
        }
        return text.toString();
    }

    static CloudsConfiguration load(Path directory, String cloudsYaml) {
        return load(directory, cloudsYaml.getBytes(StandardCharsets.UTF_8));
    }

    static CloudsConfiguration load(Path directory, byte[] cloudsYaml) {
        try {
            Files.write(directory.resolve("clouds.yaml"), cloudsYaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CloudsConfiguration.load(environment(directory, Map.of()));
    }

    static ConfigEnvironment environment(Path directory, Map<String, String> variables) {
        return new ConfigEnvironment(
                variables, directory, directory.resolve("home"), List.of(directory.resolve("site")));
    }
}
