package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the settings of one (cloud, region) of everything that was read: defaults, profile, cloud, region, in this order. */
final class CloudResolver {

    private final Map<String, @Nullable Object> clouds;
    private final Profiles profiles;
    private final String environmentCloud;
    private final GlobalSettings global;

    /**
     * @param clouds what is configured, by the cloud's name
     * @param environmentCloud the name of the cloud that the environment describes, which is no profile's name
     */
    CloudResolver(
            Map<String, @Nullable Object> clouds, Profiles profiles, String environmentCloud, GlobalSettings global) {
        this.clouds = clouds;
        this.profiles = profiles;
        this.environmentCloud = environmentCloud;
        this.global = global;
    }

    List<String> regions(String cloud) {
        return knownRegions(cloud).names();
    }

    CloudConfig resolve(String cloud, String regionName) {
        List<String> warnings = new ArrayList<>();
        Map<String, @Nullable Object> own = own(cloud);
        Regions regions = knownRegions(cloud);
        Regions.Region region = regions.find(regionName);
        if (region == null) {
            throw Problems.unknownRegion(
                    cloud,
                    regionName,
                    "cloud '" + cloud + "' has no region '" + regionName + "'; it has "
                            + String.join(", ", regions.names()) + " (names are case-sensitive)");
        }
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(Defaults.SETTINGS);
        settings.put("auth", new LinkedHashMap<String, @Nullable Object>());
        profile(cloud, own, warnings::add).ifPresent(profile -> overlay(cloud, settings, profile));
        overlay(cloud, settings, own);
        settings.remove("cloud");
        settings.remove("regions");
        Map<String, @Nullable Object> values = new LinkedHashMap<>(region.values());
        values.values().removeIf(Objects::isNull);
        overlay(cloud, settings, values);
        settings.put("region_name", region.name());

        Map<String, @Nullable Object> resolved = Tree.normalized(new Fixups(cloud, warnings::add).apply(settings));
        AuthOptions.gather(cloud, resolved, warnings::add);
        expand(cloud, resolved);
        boolean forceIpv4 = global.forceIpv4(cloud, resolved);
        boolean preferIpv6 = !forceIpv4 && global.preferIpv6(cloud, resolved);
        resolved.remove("force_ipv4");
        resolved.remove("prefer_ipv6");
        List<String> unknown = KnownSettings.unknown(resolved.keySet());
        if (!unknown.isEmpty()) {
            warnings.add("cloud '" + cloud + "': nothing is known of " + String.join(", ", unknown) + "; ignored");
        }
        return new CloudConfig(cloud, region.name(), resolved, forceIpv4, preferIpv6, global, warnings);
    }

    private Map<String, @Nullable Object> own(String cloud) {
        if (!clouds.containsKey(cloud)) {
            throw Problems.unknownCloud(cloud, clouds.keySet());
        }
        return switch (clouds.get(cloud)) {
            case null -> Map.of();
            case Map<?, ?> map -> Tree.map(map);
            default -> throw Problems.misconfigured(cloud, "it must be a mapping");
        };
    }

    private Regions knownRegions(String cloud) {
        Map<String, @Nullable Object> own = own(cloud);
        return Regions.of(cloud, own, profile(cloud, own, warning -> {}).orElse(Map.of()));
    }

    private Optional<Map<String, @Nullable Object>> profile(
            String cloud, Map<String, @Nullable Object> own, Consumer<String> warnings) {
        Object named = own.containsKey("profile") ? own.get("profile") : own.get("cloud");
        if (!PythonText.isTrue(named)) {
            return Optional.empty();
        }
        String name = PythonText.of(named);
        if (name.equals(environmentCloud)) {
            return Optional.empty();
        }
        if (own.containsKey("cloud")) {
            warnings.accept("cloud '" + cloud + "': the key cloud is an old name of profile");
        }
        Optional<Map<String, @Nullable Object>> profile = profiles.find(name);
        if (profile.isEmpty()) {
            warnings.accept("cloud '" + cloud + "': its profile '" + name + "' is not known and is left out");
        }
        return profile;
    }

    /** Lays settings over others: each replaces the old one, except that those of {@code auth} are laid over one by one. */
    private static void overlay(
            String cloud, Map<String, @Nullable Object> settings, Map<String, @Nullable Object> over) {
        over.forEach((key, value) -> {
            if (!key.equals("auth")) {
                settings.put(key, value);
            } else if (value instanceof Map<?, ?> auth) {
                Fixups.auth(settings).putAll(Tree.map(auth));
            } else if (value != null) {
                throw Problems.misconfigured(cloud, "auth must be a mapping");
            }
        });
    }

    private static void expand(String cloud, Map<String, @Nullable Object> settings) {
        settings.replaceAll((key, value) -> value instanceof String text && !isSecret(key)
                ? Placeholders.expand(text, settings, what -> Problems.misconfigured(cloud, key + " " + what))
                : value);
    }

    /** Whether a setting is a secret by its name: no placeholders are looked for in it, so no message speaks of what is in it. */
    private static boolean isSecret(String key) {
        return Stream.of("password", "passcode", "secret", "token").anyMatch(key::contains);
    }
}
