package org.openstack.oaktree.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is configured of one region of one cloud, resolved. Immutable. Its text form has no secret; {@link #auth()} and
 * {@link #settings()} have.
 */
public final class CloudConfig {

    /** What makes a token one for a project, a domain or the system. */
    private static final Set<String> SCOPE =
            Set.of("domain_id", "domain_name", "project_id", "project_name", "system_scope");

    private final String name;
    private final String region;
    private final Map<String, Object> settings;
    private final Settings values;
    private final GlobalSettings global;
    private final List<String> warnings;

    private final Map<String, String> auth;
    private final Optional<Duration> apiTimeout;
    private final boolean verify;
    private final Optional<Path> caCert;
    private final Optional<Path> clientCert;
    private final Optional<Path> clientKey;
    private final List<NetworkSetting> networks;
    private final boolean isPrivate;
    private final boolean useExternalNetwork;
    private final boolean useInternalNetwork;
    private final boolean forceIpv4;
    private final boolean preferIpv6;
    private final String floatingIpSource;
    private final String securityGroupSource;

    CloudConfig(
            String name,
            String region,
            Map<String, @Nullable Object> resolved,
            boolean forceIpv4,
            boolean preferIpv6,
            GlobalSettings global,
            List<String> warnings) {
        this.name = name;
        this.region = region;
        this.settings = Tree.frozen(resolved);
        this.values = Settings.ofCloud(name, settings);
        this.global = global;
        this.forceIpv4 = forceIpv4;
        this.preferIpv6 = preferIpv6;
        auth = auth(Fixups.auth(resolved));
        apiTimeout = values.seconds("api_timeout");
        if (apiTimeout.filter(timeout -> !timeout.isPositive()).isPresent()) {
            throw values.wrong("api_timeout", "must be more than 0 seconds");
        }
        boolean insecure = values.flag("insecure", false);
        verify = !insecure && values.flag("verify", true);
        caCert = path("cacert").filter(path -> verify);
        clientCert = path("cert");
        clientKey = path("key").filter(path -> clientCert.isPresent());
        networks = networks(settings.get("networks"));
        isPrivate = values.flag("private", false);
        useExternalNetwork = values.flag("use_external_network", true);
        useInternalNetwork = values.flag("use_internal_network", true);
        floatingIpSource = source("floating_ip_source");
        securityGroupSource = source("secgroup_source");
        List<String> all = new ArrayList<>(warnings);
        if (!verify && path("cacert").isPresent()) {
            all.add("cloud '" + name + "': cacert is given, but certificates are not verified");
        }
        this.warnings = List.copyOf(all);
        for (String key : List.of("rate_limit", "concurrency")) {
            if (settings.get(key) instanceof Map<?, ?> services) {
                services.forEach((type, limit) -> values.number(key + "." + type, limit));
            } else {
                values.number(key, settings.get(key));
            }
        }
    }

    /** The cloud's name in the configuration. */
    public String name() {
        return name;
    }

    /** The region's name; empty when the cloud is configured without any. */
    public String region() {
        return region;
    }

    /** How to authenticate: {@code password}, {@code v3applicationcredential}, ...; {@code none} for not at all. Not necessarily one that is supported. */
    public String authType() {
        return values.text("auth_type").orElse("none");
    }

    /**
     * The credentials and what they are scoped to, under openstacksdk's names: {@code auth_url}, {@code username}, {@code project_id}, ...
     * Lists are joined by commas. Secret.
     */
    public Map<String, String> auth() {
        return auth;
    }

    /** Everything, resolved, under openstacksdk's names, in the configuration's order; what is null there is absent. Secret. */
    public Map<String, Object> settings() {
        return settings;
    }

    /**
     * A setting of one service, as text: {@code service("compute", "endpoint_override")} is {@code compute_endpoint_override}.
     *
     * @param serviceType any of the service's names; its other names are tried too, the official one first
     */
    public Optional<String> service(String serviceType, String suffix) {
        return serviceKey(serviceType, suffix).flatMap(values::text);
    }

    /** Whether the service may be used at all: false when {@code has_network: false} or its like says so under any of the service's names. */
    public boolean hasService(String serviceType) {
        return ServiceTypes.names(serviceType).stream()
                .allMatch(type -> values.flag("has_" + type.replace('-', '_'), true));
    }

    /**
     * Where the service is, if that is configured: then the catalog is not asked. Identity is where {@code auth_url} says as long as
     * nothing is scoped: without a scope there is no catalog.
     */
    public Optional<String> endpointOverride(String serviceType) {
        Optional<String> configured =
                service(serviceType, "endpoint_override").or(() -> service(serviceType, "endpoint"));
        if (configured.isEmpty() && authType().equals("none")) {
            configured = Optional.ofNullable(auth.get("endpoint"));
        }
        if (configured.isEmpty()
                && ServiceTypes.official(serviceType).equals("identity")
                && Collections.disjoint(SCOPE, auth.keySet())) {
            configured = Optional.ofNullable(auth.get("auth_url"));
        }
        return configured;
    }

    /** The region in which to look for the service in the catalog; empty for any. */
    public String region(String serviceType) {
        return service(serviceType, "region_name").orElse(region);
    }

    /** The type under which to look for the service in the catalog. */
    public String serviceType(String serviceType) {
        return service(serviceType, "service_type").orElse(ServiceTypes.official(serviceType));
    }

    /** The version asked for, such as {@code 2} or {@code 2.1}; text that is no number counts as none. */
    public Optional<String> apiVersion(String serviceType) {
        return service(serviceType, "api_version").filter(text -> text.matches("[0-9]+(\\.[0-9]*)?"));
    }

    /** Which of an endpoint's interfaces to take, the best first. */
    public List<String> interfaces() {
        return values.texts("interface");
    }

    /** The same for one service. */
    public List<String> interfaces(String serviceType) {
        return serviceKey(serviceType, "interface").map(values::texts).orElseGet(this::interfaces);
    }

    /** How long one request to the cloud may take. */
    public Optional<Duration> apiTimeout() {
        return apiTimeout;
    }

    /** Whether the cloud's certificates are verified. */
    public boolean verify() {
        return verify;
    }

    /** The file with the authorities to trust, when not the system's. */
    public Optional<Path> caCert() {
        return caCert;
    }

    /** The file with the client's certificate. */
    public Optional<Path> clientCert() {
        return clientCert;
    }

    /** The file with the key of the client's certificate; without it the key stands in the certificate's file. */
    public Optional<Path> clientKey() {
        return clientKey;
    }

    /** What is configured of networks, in the configuration's order. */
    public List<NetworkSetting> networks() {
        return networks;
    }

    /** Whether servers are reached over their private addresses. */
    public boolean isPrivate() {
        return isPrivate;
    }

    /** Whether networks are searched for external ones. */
    public boolean useExternalNetwork() {
        return useExternalNetwork;
    }

    /** Whether networks are searched for internal ones. */
    public boolean useInternalNetwork() {
        return useInternalNetwork;
    }

    /** Whether IPv6 addresses of servers are never preferred. */
    public boolean forceIpv4() {
        return forceIpv4;
    }

    /** Whether IPv6 addresses of servers are preferred: only where {@code prefer_ipv6} says so, and never with {@link #forceIpv4()}. */
    public boolean preferIpv6() {
        return preferIpv6;
    }

    /** Who gives out floating IPs: {@code neutron}, {@code nova}, or {@code none} when nobody does. */
    public String floatingIpSource() {
        return floatingIpSource;
    }

    /** Who keeps security groups: {@code neutron}, {@code nova}, or {@code none} when nobody does. */
    public String securityGroupSource() {
        return securityGroupSource;
    }

    /** How old cached answers may be, {@code cache.expiration_time}; empty when nothing is configured, zero means no caching. */
    public Optional<Duration> maxAge() {
        return global.maxAge();
    }

    /** The ages that are configured for one kind of resource each, by the names that the configuration uses. */
    public Map<String, Duration> maxAges() {
        return global.maxAges();
    }

    /**
     * How old cached answers about one resource may be: {@code cache.expiration}.
     *
     * @param resource as it is named there: {@code server}, {@code port}, {@code floating_ip}, {@code flavor}, ...
     * @return empty when nothing is configured of just that; zero means no caching
     */
    public Optional<Duration> maxAge(String resource) {
        return global.maxAge(resource);
    }

    /** Requests per second that the service is sent at most. */
    public OptionalDouble rateLimit(String serviceType) {
        return perService("rate_limit", serviceType);
    }

    /** Requests that the service is sent at the same time at most. */
    public OptionalInt concurrency(String serviceType) {
        OptionalDouble number = perService("concurrency", serviceType);
        return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) Math.max(1, number.getAsDouble()));
    }

    /** What is odd about this cloud's configuration, in words for its owner. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "CloudConfig[" + name + ", " + region + ", " + authType() + "]";
    }

    private Optional<String> serviceKey(String serviceType, String suffix) {
        return ServiceTypes.prefixes(serviceType).stream()
                .map(prefix -> prefix + suffix)
                .filter(key -> settings.get(key) != null)
                .findFirst();
    }

    private OptionalDouble perService(String key, String serviceType) {
        Object configured = settings.get(key);
        if (!(configured instanceof Map<?, ?> services)) {
            return values.number(key, configured);
        }
        Map<String, @Nullable Object> byType = Tree.map(services);
        for (String type : ServiceTypes.names(serviceType)) {
            String name = type.replace('-', '_');
            if (byType.get(name) != null) {
                return values.number(key + "." + name, byType.get(name));
            }
        }
        return OptionalDouble.empty();
    }

    private Optional<Path> path(String key) {
        try {
            return values.text(key).map(global::path);
        } catch (InvalidPathException e) {
            throw values.wrong(key, "is not a path");
        }
    }

    private String source(String key) {
        return values.text(key).orElse("none").toLowerCase(Locale.ROOT);
    }

    private Map<String, String> auth(Map<String, @Nullable Object> configured) {
        Map<String, String> auth = new LinkedHashMap<>();
        configured.forEach((key, value) -> {
            switch (value) {
                case null -> {}
                case Map<?, ?> map -> throw values.wrong("auth." + key, "must not be a mapping");
                case List<?> items ->
                    auth.put(key, items.stream().map(PythonText::of).collect(Collectors.joining(",")));
                default -> auth.put(key, PythonText.of(value));
            }
        });
        return Collections.unmodifiableMap(auth);
    }

    private static List<NetworkSetting> networks(@Nullable Object resolved) {
        List<NetworkSetting> networks = new ArrayList<>();
        if (resolved instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> network) {
                    networks.add(new NetworkSetting(
                            PythonText.of(network.get("name")),
                            Boolean.TRUE.equals(network.get("routes_externally")),
                            Boolean.TRUE.equals(network.get("routes_ipv4_externally")),
                            Boolean.TRUE.equals(network.get("routes_ipv6_externally")),
                            Boolean.TRUE.equals(network.get("nat_source")),
                            Boolean.TRUE.equals(network.get("nat_destination")),
                            Boolean.TRUE.equals(network.get("default_interface"))));
                }
            }
        }
        return List.copyOf(networks);
    }
}
