package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/**
 * Every cloud that is configured, as openstacksdk finds them: clouds.yaml with secure.yaml laid over it, and the cloud that {@code OS_*}
 * variables describe. Read once; immutable; safe for use by many threads. What is wrong with one cloud shows when that cloud is asked for.
 */
public final class CloudsConfiguration {

    private final Map<String, @Nullable Object> clouds;
    private final String defaultCloud;
    private final CloudResolver resolver;
    private final List<Source> sources;
    private final List<String> warnings;
    private final Map<String, List<String>> regions = new ConcurrentHashMap<>();
    private final Map<Place, CloudConfig> resolved = new ConcurrentHashMap<>();

    private CloudsConfiguration(
            Map<String, @Nullable Object> clouds,
            String defaultCloud,
            CloudResolver resolver,
            List<Source> sources,
            List<String> warnings) {
        this.clouds = clouds;
        this.defaultCloud = defaultCloud;
        this.resolver = resolver;
        this.sources = List.copyOf(sources);
        this.warnings = List.copyOf(warnings);
    }

    /** Reads the files and variables that the environment leads to. */
    public static CloudsConfiguration load(ConfigEnvironment environment) {
        List<String> warnings = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        ConfigFiles files = new ConfigFiles(environment, warnings::add);
        Map<Source.Kind, ConfigFiles.ConfigFile> found = new EnumMap<>(Source.Kind.class);
        files.first("clouds", "OS_CLIENT_CONFIG_FILE").ifPresent(file -> found.put(Source.Kind.CLOUDS, file));
        files.first("secure", "OS_CLIENT_SECURE_FILE").ifPresent(file -> found.put(Source.Kind.SECURE, file));
        files.first("clouds-public", "").ifPresent(file -> found.put(Source.Kind.PROFILES, file));
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        Map<String, @Nullable Object> publicClouds = Map.of();
        for (var entry : found.entrySet()) {
            ConfigFiles.ConfigFile file = entry.getValue();
            sources.add(source(entry.getKey(), file));
            if (entry.getKey() == Source.Kind.PROFILES) {
                publicClouds =
                        Settings.of(file.path().toString(), file.settings()).below("public-clouds");
            } else {
                if (!file.settings().isEmpty() && !file.settings().containsKey("clouds")) {
                    warnings.add(file.path() + " has no key 'clouds'");
                }
                settings = Tree.merge(settings, file.settings());
            }
        }
        Map<String, @Nullable Object> clouds =
                new LinkedHashMap<>(Settings.of("clouds.yaml", settings).below("clouds"));
        settings.remove("clouds");
        GlobalSettings global = new GlobalSettings(environment, settings);

        String environmentName = EnvironmentCloud.name(environment);
        String defaultCloud = environment.variable("OS_CLOUD");
        if (clouds.containsKey(environmentName)) {
            throw Problems.misconfigured(
                    "the cloud '" + environmentName + "' of the files has the name of the cloud that OS_* variables"
                            + " describe; rename it, or set OS_CLOUD_NAME to another name");
        }
        Map<String, String> variables = EnvironmentCloud.variables(environment);
        if (!variables.isEmpty()) {
            sources.add(new Source(Source.Kind.ENVIRONMENT, "environment", List.copyOf(variables.keySet())));
        }
        var environmentSettings = EnvironmentCloud.settings(environment);
        if (environmentSettings.isPresent()) {
            clouds.put(environmentName, environmentSettings.get());
            if (defaultCloud.isEmpty()) {
                defaultCloud = environmentName;
            }
        }
        if (defaultCloud.isEmpty() && clouds.size() == 1) {
            defaultCloud = clouds.keySet().iterator().next();
        }
        Map<String, @Nullable Object> all = Collections.unmodifiableMap(clouds);
        CloudResolver resolver = new CloudResolver(all, new Profiles(publicClouds, Map.of()), environmentName, global);
        return new CloudsConfiguration(all, defaultCloud, resolver, sources, warnings);
    }

    /** The clouds, in the order of the files; the one of the environment last. */
    public List<String> cloudNames() {
        return List.copyOf(clouds.keySet());
    }

    /** The regions that are known of a cloud, in order; one empty name when none are. */
    public List<String> regions(String cloud) {
        List<String> known = regions.get(cloud);
        if (known == null) {
            known = resolver.regions(cloud);
            regions.put(cloud, known);
        }
        return known;
    }

    /** The cloud that an empty name means; empty when there is none, because several are configured and none is chosen. */
    public String defaultCloud() {
        return defaultCloud;
    }

    /**
     * Everything about one region of one cloud.
     *
     * @param name empty for the default cloud
     * @param region empty for the cloud's first region; when none are known of the cloud, any name is taken
     */
    public CloudConfig cloud(String name, String region) {
        String cloud = name.isEmpty() ? defaultCloud : name;
        if (cloud.isEmpty()) {
            throw Problems.unknownCloud(
                    "",
                    clouds.isEmpty()
                            ? "no cloud is configured: neither a clouds.yaml nor OS_* variables were found"
                            : "no cloud is named and none is the default; there are "
                                    + String.join(", ", clouds.keySet()));
        }
        List<String> known = regions(cloud);
        String place = region.isEmpty() ? known.getFirst() : region;
        // A cloud without known regions takes any name; those are not kept, for there is no end of them.
        return known.contains(place)
                ? resolved.computeIfAbsent(new Place(cloud, place), asked -> resolver.resolve(cloud, place))
                : resolver.resolve(cloud, place);
    }

    /**
     * A cloud in words for its owner: what would be asked, where, and as whom; what is odd; or why it cannot be used. Without secrets.
     *
     * @return lines {@code name: what it is}; regions that differ come one after the other
     */
    public String describe(String cloud) {
        List<String> lines = new ArrayList<>();
        try {
            Map<List<String>, List<String>> regionsByFacts = new LinkedHashMap<>();
            LinkedHashSet<String> odd = new LinkedHashSet<>();
            for (String region : regions(cloud)) {
                CloudConfig config = cloud(cloud, region);
                odd.addAll(config.warnings());
                regionsByFacts
                        .computeIfAbsent(Description.of(config), facts -> new ArrayList<>())
                        .add(region);
            }
            regionsByFacts.forEach((facts, regions) -> {
                if (!regions.equals(List.of(""))) {
                    lines.add((regions.size() == 1 ? "region: " : "regions: ") + String.join(", ", regions));
                }
                lines.addAll(facts);
            });
            odd.forEach(warning -> lines.add("warning: " + warning));
        } catch (OaktreeException e) {
            lines.add("error: " + e.getMessage());
        }
        return String.join("\n", lines) + "\n";
    }

    /** What was read, from where. */
    public List<Source> sources() {
        return sources;
    }

    /** What is odd about the configuration as a whole, in words for its owner; each cloud has its own. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "CloudsConfiguration" + clouds.keySet();
    }

    private static Source source(Source.Kind kind, ConfigFiles.ConfigFile file) {
        List<String> keys = new ArrayList<>();
        keys("", file.settings(), keys);
        return new Source(kind, file.path().toString(), keys);
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

    private record Place(String cloud, String region) {}
}
