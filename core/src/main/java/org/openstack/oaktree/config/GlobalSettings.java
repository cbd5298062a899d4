package org.openstack.oaktree.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is configured for all clouds together: the sections {@code cache} and {@code client}. */
final class GlobalSettings {

    /** A time in which nothing that is cached grows too old. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final ConfigEnvironment environment;
    private final boolean forceIpv4;
    private final boolean preferIpv6;
    private final Optional<Duration> maxAge;
    private final Map<String, Duration> maxAges;

    /** @param file everything in clouds.yaml and secure.yaml but the clouds */
    GlobalSettings(ConfigEnvironment environment, Map<String, @Nullable Object> file) {
        this.environment = environment;
        Settings root = Settings.of("clouds.yaml", file);
        Settings client = Settings.of("clouds.yaml: client", root.below("client"));
        forceIpv4 = forceIpv4(environment, client);
        preferIpv6 = preferIpv6(environment, client, false);
        Settings cache = Settings.of("clouds.yaml: cache", Tree.normalized(root.below("cache")));
        maxAge = age(cache, "expiration_time").or(() -> age(cache, "max_age"));
        Settings expirations = Settings.of("clouds.yaml: cache.expiration", cache.below("expiration"));
        Map<String, Duration> ages = new LinkedHashMap<>();
        for (String resource : cache.below("expiration").keySet()) {
            age(expirations, resource).ifPresent(age -> ages.put(resource, age));
        }
        maxAges = Collections.unmodifiableMap(ages);
    }

    Path path(String text) {
        return environment.path(text);
    }

    /** How old cached answers may be; empty when nothing is configured. */
    Optional<Duration> maxAge() {
        return maxAge;
    }

    /** The ages that are configured for one kind of resource each, by their names as they were written. */
    Map<String, Duration> maxAges() {
        return maxAges;
    }

    /** How old cached answers about one resource may be; empty when nothing is configured of just that. */
    Optional<Duration> maxAge(String resource) {
        String name = resource.toLowerCase(Locale.ROOT).replace('-', '_');
        Duration exact = maxAges.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        // openstacksdk's own cache calls the same list compute.servers.
        for (var age : maxAges.entrySet()) {
            String last = age.getKey().substring(age.getKey().lastIndexOf('.') + 1);
            if (age.getKey().contains(".") && (last.equals(name) || last.equals(name + "s"))) {
                return Optional.of(age.getValue());
            }
        }
        return Optional.empty();
    }

    /** Whether the cloud is reached by IPv4 only: its own setting before the general one. */
    boolean forceIpv4(String cloud, Map<String, @Nullable Object> resolved) {
        Settings settings = Settings.ofCloud(cloud, resolved);
        return !settings.flag("prefer_ipv6", true) || settings.flag("force_ipv4", forceIpv4);
    }

    /** Whether somebody wrote that IPv6 is preferred: for the cloud, else for all. */
    boolean preferIpv6(String cloud, Map<String, @Nullable Object> resolved) {
        return Settings.ofCloud(cloud, resolved).flag("prefer_ipv6", preferIpv6);
    }

    private static boolean forceIpv4(ConfigEnvironment environment, Settings client) {
        Settings variables = Settings.of("environment", new LinkedHashMap<>(environment.variables()));
        boolean forced = variables.flag("OS_FORCE_IPV4", client.flag("force_ipv4", client.flag("broken-ipv6", false)));
        return forced || !preferIpv6(environment, client, true);
    }

    private static boolean preferIpv6(ConfigEnvironment environment, Settings client, boolean otherwise) {
        Settings variables = Settings.of("environment", new LinkedHashMap<>(environment.variables()));
        return variables.flag("OS_PREFER_IPV6", client.flag("prefer_ipv6", client.flag("prefer-ipv6", otherwise)));
    }

    private static Optional<Duration> age(Settings cache, String key) {
        return cache.seconds(key).map(age -> age.isNegative() ? FOR_EVER : age);
    }
}
