package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/** What openstacksdk mends in one cloud's settings before it uses them, in its order: old names, places, and shapes. */
final class Fixups {

    private static final Set<String> NETWORK_KEYS = Set.of(
            "name",
            "routes_externally",
            "routes_ipv4_externally",
            "routes_ipv6_externally",
            "nat_source",
            "nat_destination",
            "default_interface");

    private final String cloud;
    private final Consumer<String> warnings;

    Fixups(String cloud, Consumer<String> warnings) {
        this.cloud = cloud;
        this.warnings = warnings;
    }

    /** @param settings with {@code auth} in it; changed, and the result to go on with */
    Map<String, @Nullable Object> apply(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> fixed = timeouts(settings);
        authType(fixed);
        authNouns(fixed);
        fixed = interfaces(fixed);
        fixed.put("networks", networks(fixed));
        domains(fixed);
        for (String key : List.of("insecure", "cache")) {
            if (fixed.containsKey(key)) {
                fixed.put(key, isTrue(key, fixed.get(key)));
            }
        }
        if (fixed.get("auth_methods") instanceof String methods) {
            fixed.put("auth_methods", Arrays.asList(methods.split(",", -1)));
        }
        Map<String, @Nullable Object> auth = auth(fixed);
        if (auth.get("auth_url") != null) {
            Map<String, @Nullable Object> all = fixed;
            auth.compute(
                    "auth_url",
                    (key, url) -> Placeholders.expand(PythonText.of(url), all, what -> wrong("auth.auth_url", what)));
        }
        return fixed;
    }

    /** The mutable map of credentials. */
    static Map<String, @Nullable Object> auth(Map<String, @Nullable Object> settings) {
        if (settings.get("auth") instanceof Map<?, ?> auth) {
            return Tree.map(auth);
        }
        throw new IllegalStateException("settings without auth");
    }

    /** A timeout of one service is one for all: {@code compute_timeout} and its like become {@code api_timeout}. */
    private static Map<String, @Nullable Object> timeouts(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
        Object timeout = null;
        for (var setting : settings.entrySet()) {
            String key = setting.getKey();
            if (key.endsWith("timeout") && !key.equals("timeout") && !key.equals("api_timeout")) {
                timeout = setting.getValue();
            } else {
                fixed.put(key, setting.getValue());
            }
        }
        if (timeout != null) {
            fixed.put("api_timeout", timeout);
        }
        return fixed;
    }

    private static void authType(Map<String, @Nullable Object> settings) {
        Object type = null;
        for (String key : List.of("auth_plugin", "auth_type")) {
            if (settings.containsKey(key)) {
                type = settings.remove(key);
            }
        }
        settings.put("auth_type", type);
    }

    /** Project, domains and token move into {@code auth} under today's names; what stands outside wins, for it may come from the environment. */
    private static void authNouns(Map<String, @Nullable Object> settings) {
        boolean v2 = "v2password".equals(settings.get("auth_type"));
        Map<String, List<String>> nouns = new LinkedHashMap<>();
        for (String noun : List.of("domain", "user_domain", "project_domain")) {
            nouns.put(noun + "_id", List.of(noun + "_id", noun.replace('_', '-') + "-id"));
            nouns.put(noun + "_name", List.of(noun + "_name", noun.replace('_', '-') + "-name"));
        }
        nouns.put("token", List.of("auth-token", "auth_token", "token"));
        nouns.put("passcode", List.of("passcode"));
        for (String part : List.of("id", "name")) {
            List<String> project = List.of("project_" + part, "project-" + part);
            List<String> tenant = List.of("tenant_" + part, "tenant-" + part);
            List<String> spellings = new ArrayList<>(v2 ? project : tenant);
            spellings.addAll(v2 ? tenant : project);
            nouns.put((v2 ? "tenant_" : "project_") + part, spellings);
        }
        Map<String, @Nullable Object> auth = auth(settings);
        nouns.forEach((noun, spellings) -> {
            String found = "";
            for (String spelling : spellings) {
                for (Map<String, @Nullable Object> place : List.of(auth, settings)) {
                    if (place.containsKey(spelling)) {
                        Object value = place.remove(spelling);
                        found = value == null ? "" : PythonText.of(value);
                    }
                }
            }
            if (!found.isEmpty()) {
                auth.put(noun, found);
            }
        });
    }

    private static Map<String, @Nullable Object> interfaces(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
        settings.forEach((key, value) ->
                fixed.put(key.endsWith("endpoint_type") ? key.replace("endpoint_type", "interface") : key, value));
        return fixed;
    }

    /** A domain given once is the domain of the user and of the project. Without a project it stays: it is what the token is for. */
    private static void domains(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> auth = auth(settings);
        if (!auth.containsKey("project_id") && !auth.containsKey("project_name")) {
            return;
        }
        for (String part : List.of("_id", "_name")) {
            Object domain = auth.remove("domain" + part);
            if (domain != null) {
                auth.putIfAbsent("user_domain" + part, domain);
                auth.putIfAbsent("project_domain" + part, domain);
            }
        }
    }

    private List<Map<String, @Nullable Object>> networks(Map<String, @Nullable Object> settings) {
        List<Map<String, @Nullable Object>> networks = new ArrayList<>();
        Object configured = settings.get("networks");
        if (configured != null && !(configured instanceof List)) {
            throw wrong("networks", "must be a list");
        }
        if (configured instanceof List<?> items) {
            for (Object item : items) {
                networks.add(network("networks[" + networks.size() + "]", item));
            }
        }
        for (String key : List.of("external_network", "internal_network")) {
            Object name = settings.get(key);
            if (name == null) {
                continue;
            }
            if (configured != null) {
                throw wrong(key, "and networks are both given; an entry of networks says the same");
            }
            boolean external = key.equals("external_network");
            warnings.accept("cloud '" + cloud + "': " + key + " is an old name; write an entry of networks with name, "
                    + (external ? "routes_externally and default_interface" : "nat_destination"));
            networks.add(network(name, external, external, external, false, !external, external));
        }
        requireOne(networks, "nat_destination");
        requireOne(networks, "default_interface");
        return networks;
    }

    private Map<String, @Nullable Object> network(String place, @Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            throw wrong(place, "must be a mapping with the key name");
        }
        Map<String, @Nullable Object> entry = Tree.map(map);
        Object name = entry.get("name");
        if (!PythonText.isTrue(name) || name == null) {
            throw wrong(place, "has no name");
        }
        List<String> unknown = entry.keySet().stream()
                .filter(key -> !NETWORK_KEYS.contains(key))
                .toList();
        if (!unknown.isEmpty()) {
            warnings.accept("cloud '" + cloud + "': " + place + " has unknown keys: " + String.join(", ", unknown));
        }
        Function<String, Boolean> flag = key -> isTrue(place + "." + key, entry.get(key));
        boolean external = flag.apply("routes_externally");
        return network(
                name,
                external,
                entry.containsKey("routes_ipv4_externally") ? flag.apply("routes_ipv4_externally") : external,
                entry.containsKey("routes_ipv6_externally") ? flag.apply("routes_ipv6_externally") : external,
                flag.apply("nat_source"),
                flag.apply("nat_destination"),
                flag.apply("default_interface"));
    }

    private static Map<String, @Nullable Object> network(
            Object name,
            boolean external,
            boolean ipv4External,
            boolean ipv6External,
            boolean natSource,
            boolean natDestination,
            boolean defaultInterface) {
        Map<String, @Nullable Object> network = new LinkedHashMap<>();
        network.put("name", PythonText.of(name));
        network.put("routes_externally", external);
        network.put("nat_source", natSource);
        network.put("nat_destination", natDestination);
        network.put("default_interface", defaultInterface);
        network.put("routes_ipv4_externally", ipv4External);
        network.put("routes_ipv6_externally", ipv6External);
        return network;
    }

    private void requireOne(List<Map<String, @Nullable Object>> networks, String flag) {
        List<Object> flagged = networks.stream()
                .filter(network -> Boolean.TRUE.equals(network.get(flag)))
                .map(network -> PythonText.of(network.get("name")))
                .map(Object.class::cast)
                .toList();
        if (flagged.size() > 1) {
            throw wrong("networks", "flags several with " + flag + ": " + flagged + "; only one can be");
        }
    }

    /** A flag as openstacksdk reads it: text is true when it says so, and false otherwise. */
    private boolean isTrue(String key, @Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case String text -> {
                if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                    warnings.accept("cloud '" + cloud + "': " + key
                            + " is text that is neither true nor false; it counts as false");
                }
                yield text.equalsIgnoreCase("true");
            }
            default -> throw wrong(key, "must be true or false");
        };
    }

    private OaktreeException wrong(String key, String what) {
        return Problems.misconfigured(cloud, key + " " + what);
    }
}
