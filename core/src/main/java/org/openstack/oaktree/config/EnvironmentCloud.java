package org.openstack.oaktree.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cloud that {@code OS_*} variables describe, if they do more than select another one. */
final class EnvironmentCloud {

    /** They choose what is read; alone they describe no cloud. */
    private static final Set<String> SELECTORS =
            Set.of("OS_CLOUD", "OS_REGION_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLOUD_NAME");

    /** Variables of OpenStack's own test runs. */
    private static final List<String> FOREIGN = List.of("OS_TEST", "OS_STD", "OS_LOG");

    private EnvironmentCloud() {}

    /** The name under which the cloud is listed. */
    static String name(ConfigEnvironment environment) {
        String name = environment.variable("OS_CLOUD_NAME");
        return name.isEmpty() ? "envvars" : name;
    }

    static Optional<Map<String, @Nullable Object>> settings(ConfigEnvironment environment) {
        Map<String, String> variables = variables(environment);
        if (SELECTORS.containsAll(variables.keySet())) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(Defaults.SETTINGS);
        variables.forEach(
                (name, value) -> settings.put(name.substring("OS_".length()).toLowerCase(Locale.ROOT), value));
        return Optional.of(settings);
    }

    /** The variables that are settings or selectors, by name. */
    static Map<String, String> variables(ConfigEnvironment environment) {
        Map<String, String> variables = new TreeMap<>();
        environment.variables().forEach((name, value) -> {
            if (name.startsWith("OS_") && FOREIGN.stream().noneMatch(name::startsWith)) {
                variables.put(name, value);
            }
        });
        return variables;
    }
}
