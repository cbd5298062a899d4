package org.openstack.oaktree.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/** What oaktree makes of a case, in the shape in which record.py writes openstacksdk's answer. */
final class ParityAnswer {

    private static final List<String> SERVICES = List.of(
            "baremetal",
            "block-storage",
            "compute",
            "container-infrastructure-management",
            "dns",
            "identity",
            "image",
            "network",
            "object-store",
            "orchestration",
            "shared-file-system",
            "volume");
    private static final List<String> RESOURCES = List.of("server", "port", "floating_ip", "flavor");

    private ParityAnswer() {}

    static Map<String, @Nullable Object> of(ParityCase parityCase) {
        try {
            return of(CloudsConfiguration.load(parityCase.environment()), parityCase.asks());
        } catch (OaktreeException e) {
            return error(e);
        }
    }

    private static Map<String, @Nullable Object> of(
            CloudsConfiguration configuration, List<List<@Nullable String>> asks) {
        Map<String, @Nullable Object> answers = new LinkedHashMap<>();
        answers.put(":", attempt(() -> facts(configuration.cloud("", ""))));
        Map<String, @Nullable Object> regions = new LinkedHashMap<>();
        for (String cloud : configuration.cloudNames()) {
            Object known = attempt(() -> configuration.regions(cloud));
            regions.put(cloud, known);
            for (Object region : known instanceof List<?> names ? names : List.of("")) {
                answers.put(cloud + ":" + region, attempt(() -> facts(configuration.cloud(cloud, (String) region))));
            }
        }
        for (List<@Nullable String> ask : asks) {
            String cloud = ask.get(0) == null ? "" : ask.get(0);
            String region = ask.get(1) == null ? "" : ask.get(1);
            answers.put(cloud + ":" + region, attempt(() -> facts(configuration.cloud(cloud, region))));
        }
        if (regions.get(configuration.defaultCloud()) instanceof List<?> known) {
            String same = configuration.defaultCloud() + ":" + known.getFirst();
            if (Objects.equals(answers.get(":"), answers.get(same))) {
                answers.put(":", "as " + same);
            }
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("clouds", configuration.cloudNames());
        answer.put("default", configuration.defaultCloud().isEmpty() ? null : configuration.defaultCloud());
        answer.put("regions", regions);
        answer.put("answers", answers);
        return answer;
    }

    private static Map<String, @Nullable Object> facts(CloudConfig config) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(config.settings());
        settings.keySet().removeAll(List.of("auth", "networks"));
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", config.name());
        facts.put("region", config.region());
        facts.put("auth_type", config.authType());
        facts.put("auth", config.auth());
        facts.put("settings", settings);
        facts.put("interface", config.interfaces());
        facts.put("verify", config.verify());
        config.caCert().ifPresent(path -> facts.put("cacert", path.toString()));
        config.clientCert().ifPresent(path -> facts.put("cert", path.toString()));
        config.clientKey().ifPresent(path -> facts.put("key", path.toString()));
        config.apiTimeout().ifPresent(timeout -> facts.put("timeout", seconds(timeout)));
        facts.put(
                "networks",
                config.networks().stream().map(ParityAnswer::network).toList());
        facts.put("private", config.isPrivate());
        facts.put("use_external_network", config.useExternalNetwork());
        facts.put("use_internal_network", config.useInternalNetwork());
        facts.put("force_ipv4", config.forceIpv4());
        facts.put("floating_ip_source", config.floatingIpSource());
        facts.put("secgroup_source", config.securityGroupSource());
        Map<String, @Nullable Object> ages = new LinkedHashMap<>();
        for (String resource : RESOURCES) {
            ages.put(
                    resource, seconds(config.maxAge(resource).or(config::maxAge).orElse(Duration.ZERO)));
        }
        facts.put("max_age", ages);
        Map<String, @Nullable Object> services = new LinkedHashMap<>();
        for (String service : SERVICES) {
            Map<String, @Nullable Object> unusual = service(config, service);
            if (!unusual.isEmpty()) {
                services.put(service, unusual);
            }
        }
        facts.put("services", services);
        return facts;
    }

    private static Map<String, @Nullable Object> network(NetworkSetting network) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", network.name());
        facts.put("routes_externally", network.routesExternally());
        facts.put("routes_ipv4_externally", network.routesIpv4Externally());
        facts.put("routes_ipv6_externally", network.routesIpv6Externally());
        facts.put("nat_source", network.natSource());
        facts.put("nat_destination", network.natDestination());
        facts.put("default_interface", network.defaultInterface());
        return facts;
    }

    private static Map<String, @Nullable Object> service(CloudConfig config, String service) {
        Map<String, @Nullable Object> facts = new TreeMap<>();
        config.endpointOverride(service).ifPresent(endpoint -> facts.put("endpoint", endpoint));
        if (!config.interfaces(service).equals(config.interfaces())) {
            facts.put("interface", config.interfaces(service));
        }
        if (!config.region(service).equals(config.region())) {
            facts.put("region_name", config.region(service));
        }
        if (!config.serviceType(service).equals(ServiceTypes.official(service))) {
            facts.put("service_type", config.serviceType(service));
        }
        config.service(service, "service_name").ifPresent(name -> facts.put("service_name", name));
        config.apiVersion(service).ifPresent(version -> facts.put("api_version", version));
        config.service(service, "default_microversion")
                .ifPresent(version -> facts.put("default_microversion", version));
        config.rateLimit(service).ifPresent(rate -> facts.put("rate_limit", rate));
        config.concurrency(service).ifPresent(number -> facts.put("concurrency", (double) number));
        if (!service.equals("volume") && !config.hasService(service)) {
            facts.put("has", false);
        }
        return facts;
    }

    private static double seconds(Duration duration) {
        return duration.toDays() >= 36_500 ? -1 : duration.toNanos() / 1e9;
    }

    private static @Nullable Object attempt(Supplier<Object> supplier) {
        try {
            return supplier.get();
        } catch (OaktreeException e) {
            return error(e);
        }
    }

    private static Map<String, @Nullable Object> error(OaktreeException e) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("error", e.reason().name().replace("ERROR_REASON_", "") + ": " + e.getMessage());
        return error;
    }
}
