package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads files and variables, puts them together, and remembers what it read. Used once. */
final class ConfigurationReader {

    private final ConfigEnvironment environment;
    private final ConfigFiles files;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    ConfigurationReader(ConfigEnvironment environment) {
        this.environment = environment;
        this.files = new ConfigFiles(environment, warnings::add);
    }

    CloudsConfiguration read() {
        Map<String, @Nullable Object> settings = Tree.merge(
                settings(Source.Kind.CLOUDS, "clouds", "OS_CLIENT_CONFIG_FILE"),
                settings(Source.Kind.SECURE, "secure", "OS_CLIENT_SECURE_FILE"));
        Settings profiles = Settings.of("clouds-public.yaml", settings(Source.Kind.PROFILES, "clouds-public", ""));
        Map<String, @Nullable Object> clouds =
                new LinkedHashMap<>(Settings.of("clouds.yaml", settings).below("clouds"));
        settings.remove("clouds");
        String environmentName = EnvironmentCloud.name(environment);
        String defaultCloud = addEnvironment(environmentName, clouds);
        Map<String, @Nullable Object> all = Collections.unmodifiableMap(clouds);
        CloudResolver resolver = new CloudResolver(
                all,
                new Profiles(profiles.below("public-clouds"), Map.of()),
                environmentName,
                new GlobalSettings(environment, settings));
        return new CloudsConfiguration(List.copyOf(all.keySet()), defaultCloud, resolver, sources, warnings);
    }

    private Map<String, @Nullable Object> settings(Source.Kind kind, String name, String override) {
        Optional<ConfigFiles.ConfigFile> found = files.first(name, override);
        if (found.isEmpty()) {
            return Map.of();
        }
        ConfigFiles.ConfigFile file = found.get();
        List<String> keys = new ArrayList<>();
        keys("", file.settings(), keys);
        sources.add(new Source(kind, file.path().toString(), keys));
        String section = kind == Source.Kind.PROFILES ? "public-clouds" : "clouds";
        if (!file.settings().isEmpty() && !file.settings().containsKey(section)) {
            warnings.add(file.path() + " has no key '" + section + "'");
        }
        return file.settings();
    }

    /** Adds the cloud that variables describe, if they do. Returns the name of the default cloud, or empty text. */
    private String addEnvironment(String name, Map<String, @Nullable Object> clouds) {
        if (clouds.containsKey(name)) {
            throw Problems.misconfigured(
                    "the cloud '" + name + "' of the files has the name of the cloud that OS_* variables"
                            + " describe; rename it, or set OS_CLOUD_NAME to another name");
        }
        Map<String, String> variables = EnvironmentCloud.variables(environment);
        if (!variables.isEmpty()) {
            sources.add(new Source(Source.Kind.ENVIRONMENT, "environment", List.copyOf(variables.keySet())));
        }
        Optional<Map<String, @Nullable Object>> described = EnvironmentCloud.settings(environment);
        described.ifPresent(cloud -> clouds.put(name, cloud));
        String chosen = environment.variable("OS_CLOUD");
        if (!chosen.isEmpty()) {
            return chosen;
        }
        if (described.isPresent()) {
            return name;
        }
        return clouds.size() == 1 ? clouds.keySet().iterator().next() : "";
    }

    private static void keys(String prefix, Map<String, @Nullable Object> settings, List<String> keys) {
        settings.forEach((name, value) -> {
            if (value instanceof Map<?, ?> below && !below.isEmpty()) {
                keys(prefix + name + ".", Tree.map(below), keys);
            } else {
                keys.add(prefix + name);
            }
        });
    }
}
