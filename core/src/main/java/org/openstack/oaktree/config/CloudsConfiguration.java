package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openstack.oaktree.error.OaktreeException;

/**
 * Every cloud that is configured, as openstacksdk finds them: clouds.yaml with secure.yaml laid over it, and the cloud that {@code OS_*}
 * variables describe. Read once; immutable; safe for use by many threads. What is wrong with one cloud shows when that cloud is asked for.
 */
public final class CloudsConfiguration {

    private final List<String> clouds;
    private final String defaultCloud;
    private final CloudResolver resolver;
    private final List<Source> sources;
    private final List<String> warnings;
    private final Map<String, List<String>> regions = new ConcurrentHashMap<>();
    private final Map<Place, CloudConfig> resolved = new ConcurrentHashMap<>();

    CloudsConfiguration(
            List<String> clouds,
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
        return new ConfigurationReader(environment).read();
    }

    /** The clouds, in the order of the files; the one of the environment last. */
    public List<String> cloudNames() {
        return clouds;
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

    /**
     * Refuses the name of a cloud that is not configured; one of which the configuration is wrong passes.
     *
     * @throws OaktreeException UNKNOWN_CLOUD
     */
    public void checkKnown(String cloud) {
        if (!clouds.contains(cloud)) {
            throw Problems.unknownCloud(cloud, clouds);
        }
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
        String cloud = named(name);
        List<String> known = regions(cloud);
        String place = region.isEmpty() ? known.getFirst() : region;
        // Names that only the caller knows are not kept, for there is no end of them.
        return known.contains(place)
                ? resolved.computeIfAbsent(new Place(cloud, place), asked -> resolver.resolve(cloud, place))
                : resolver.resolve(cloud, place);
    }

    /**
     * Whether no regions are known of the cloud, so that {@link #cloud} takes any name: which ones there are then only the cloud can say.
     *
     * @param name empty for the default cloud
     */
    public boolean takesAnyRegion(String name) {
        return regions(named(name)).equals(List.of(""));
    }

    private String named(String name) {
        String cloud = name.isEmpty() ? defaultCloud : name;
        if (cloud.isEmpty()) {
            throw Problems.noDefaultCloud(clouds);
        }
        return cloud;
    }

    /** A cloud in words for its owner: what would be asked, where, and as whom; what is odd; and what of it cannot be used, and why. */
    public CloudDescription describe(String cloud) {
        List<String> names;
        try {
            names = regions(cloud);
        } catch (OaktreeException e) {
            return new CloudDescription(List.of(), List.of(), List.of(e.getMessage()));
        }
        Map<List<String>, List<String>> regionsByFacts = new LinkedHashMap<>();
        Map<String, List<String>> regionsByError = new LinkedHashMap<>();
        LinkedHashSet<String> odd = new LinkedHashSet<>();
        for (String region : names) {
            try {
                CloudConfig config = cloud(cloud, region);
                odd.addAll(config.warnings());
                regionsByFacts
                        .computeIfAbsent(Description.of(config), facts -> new ArrayList<>())
                        .add(region);
            } catch (OaktreeException e) {
                regionsByError
                        .computeIfAbsent(e.getMessage(), error -> new ArrayList<>())
                        .add(region);
            }
        }
        List<CloudDescription.RegionFacts> regions = new ArrayList<>();
        regionsByFacts.forEach((facts, there) -> regions.add(new CloudDescription.RegionFacts(there, facts)));
        List<String> errors = new ArrayList<>();
        regionsByError.forEach((error, there) ->
                errors.add(there.equals(names) ? error : "in region " + String.join(", ", there) + ": " + error));
        return new CloudDescription(regions, List.copyOf(odd), errors);
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
        return "CloudsConfiguration" + clouds;
    }

    private record Place(String cloud, String region) {}
}
