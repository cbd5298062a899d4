package org.openstack.oaktree.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One region of a cloud in words for its owner. Only settings that are known to be harmless are shown; of others, that they are set. */
final class Description {

    private static final List<String> SHOWN =
            List.of("api_version", "default_microversion", "interface", "region_name", "service_name", "service_type");

    private final CloudConfig config;
    private final List<String> lines = new ArrayList<>();

    private Description(CloudConfig config) {
        this.config = config;
    }

    /** Lines of the form {@code name: what it is}. */
    static List<String> of(CloudConfig config) {
        return new Description(config).describe();
    }

    private List<String> describe() {
        Map<String, String> auth = config.auth();
        line("authentication", config.authType());
        for (String key : List.of("auth_url", "endpoint")) {
            if (auth.containsKey(key)) {
                line(key, Harmless.url(auth.get(key)));
            }
        }
        line("user", named(auth, "username", "user_id", "user_domain"));
        line("application credential", named(auth, "application_credential_name", "application_credential_id", ""));
        line("project", named(auth, "project_name", "project_id", "project_domain"));
        line("domain", named(auth, "domain_name", "domain_id", ""));
        line("system", auth.getOrDefault("system_scope", ""));
        line("trust", auth.getOrDefault("trust_id", ""));
        Set<String> secrets = new TreeSet<>(auth.keySet());
        secrets.removeIf(Harmless::isPartOfAuth);
        line("set and not shown", String.join(", ", secrets));
        line("interface", String.join(", then ", config.interfaces()));
        line("request timeout", config.apiTimeout().map(Description::seconds).orElse(""));
        line("certificates", certificates());
        for (String service : ServiceTypes.all()) {
            line(service, service(service));
        }
        for (NetworkSetting network : config.networks()) {
            line("network " + network.name(), network(network));
        }
        line("floating IPs from", config.floatingIpSource());
        line("security groups from", config.securityGroupSource());
        line("servers are reached over", config.isPrivate() ? "private addresses" : "");
        line("IPv6", config.forceIpv4() ? "never preferred" : "");
        line("lists may be as old as", ages());
        return List.copyOf(lines);
    }

    private void line(String name, String what) {
        if (!what.isEmpty()) {
            lines.add(name + ": " + what);
        }
    }

    private static String named(Map<String, String> auth, String name, String id, String domain) {
        String who = auth.getOrDefault(name, auth.getOrDefault(id, ""));
        String where =
                domain.isEmpty() ? "" : auth.getOrDefault(domain + "_name", auth.getOrDefault(domain + "_id", ""));
        return who.isEmpty() || where.isEmpty() ? who : who + " in domain " + where;
    }

    private String certificates() {
        String cloud = !config.verify()
                ? "not verified"
                : config.caCert().map(file -> "verified with " + file).orElse("");
        String own = config.clientCert().map(file -> "own: " + file).orElse("");
        return cloud.isEmpty() || own.isEmpty() ? cloud + own : cloud + "; " + own;
    }

    private String service(String service) {
        List<String> facts = new ArrayList<>();
        if (!config.hasService(service)) {
            facts.add("said to be absent");
        }
        config.service(service, "endpoint_override")
                .or(() -> config.service(service, "endpoint"))
                .ifPresent(endpoint -> facts.add("at " + Harmless.url(endpoint)));
        for (String setting : SHOWN) {
            if (setting.equals("interface") && !config.interfaces(service).equals(config.interfaces())) {
                facts.add("interface " + String.join(", then ", config.interfaces(service)));
            } else if (!setting.equals("interface")) {
                config.service(service, setting).ifPresent(value -> facts.add(setting + " " + value));
            }
        }
        config.rateLimit(service).ifPresent(rate -> facts.add("at most " + rate + " requests per second"));
        config.concurrency(service).ifPresent(number -> facts.add("at most " + number + " requests at a time"));
        return String.join(", ", facts);
    }

    private static String network(NetworkSetting network) {
        Map<String, Boolean> flags = new LinkedHashMap<>();
        flags.put("routes IPv4 externally", network.routesIpv4Externally());
        flags.put("routes IPv6 externally", network.routesIpv6Externally());
        flags.put("source of floating IPs", network.natSource());
        flags.put("floating IPs lead to it", network.natDestination());
        flags.put("default interface", network.defaultInterface());
        String set = flags.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return set.isEmpty() ? "internal" : set;
    }

    /** What the cache section says; empty: nothing, and each kind of resource has the age that the API says. */
    private String ages() {
        List<String> ages = new ArrayList<>();
        config.maxAge().ifPresent(age -> ages.add(seconds(age) + ", but those of what changes by itself"));
        config.maxAges().forEach((resource, age) -> ages.add(resource + " " + seconds(age)));
        return String.join("; ", ages);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
