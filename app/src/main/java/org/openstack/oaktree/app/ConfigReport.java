package org.openstack.oaktree.app;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.config.NetworkSetting;
import org.openstack.oaktree.config.Source;
import org.openstack.oaktree.error.OaktreeException;

/**
 * Says for people what a configuration comes to: where it was read, which clouds and regions there are, what would be asked of each.
 * Of credentials it prints only what is known to be no secret.
 */
final class ConfigReport {
    private static final Set<String> NO_SECRETS = Set.of(
            "application_credential_id",
            "application_credential_name",
            "auth_url",
            "default_domain_id",
            "default_domain_name",
            "domain_id",
            "domain_name",
            "endpoint",
            "project_domain_id",
            "project_domain_name",
            "project_id",
            "project_name",
            "system_scope",
            "tenant_id",
            "tenant_name",
            "trust_id",
            "user_domain_id",
            "user_domain_name",
            "user_id",
            "username");
    private static final List<String> SERVICES = List.of("identity", "compute", "image", "network", "block-storage");
    private static final int KEYS_SHOWN = 200;

    private final PrintWriter out;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<String> errors = new ArrayList<>();

    ConfigReport(PrintWriter out) {
        this.out = out;
    }

    /** Prints the report; true when every cloud can be used as far as its configuration goes. */
    boolean print(ConfigEnvironment environment) {
        CloudsConfiguration configuration;
        try {
            configuration = CloudsConfiguration.load(environment);
        } catch (OaktreeException e) {
            out.println("error: " + e.getMessage());
            return false;
        }
        sources(configuration, environment);
        clouds(configuration);
        warnings.addAll(configuration.warnings());
        warnings.forEach(warning -> out.println("warning: " + warning));
        errors.forEach(error -> out.println("error: " + error));
        return errors.isEmpty();
    }

    private void sources(CloudsConfiguration configuration, ConfigEnvironment environment) {
        if (configuration.sources().isEmpty()) {
            out.println("Nothing was read. clouds.yaml is looked for in:");
            for (Path folder : environment.directories()) {
                out.println("  " + folder);
            }
            errors.add("no cloud is configured: there is neither a clouds.yaml nor an OS_AUTH_URL");
            return;
        }
        out.println("Read:");
        for (Source source : configuration.sources()) {
            out.println("  " + source.location() + " (" + source.kind().name().toLowerCase(Locale.ROOT) + ")");
            source.keys().stream().limit(KEYS_SHOWN).forEach(key -> out.println("    " + key));
            if (source.keys().size() > KEYS_SHOWN) {
                out.println("    and " + (source.keys().size() - KEYS_SHOWN) + " more");
            }
        }
    }

    private void clouds(CloudsConfiguration configuration) {
        String usual = configuration.defaultCloud();
        out.println("Default cloud: " + (usual.isEmpty() ? "none; calls must name one" : usual));
        if (!usual.isEmpty() && !configuration.cloudNames().contains(usual)) {
            errors.add("the default cloud '" + usual + "' is not configured");
        }
        for (String name : configuration.cloudNames()) {
            List<String> regions;
            try {
                regions = configuration.regions(name);
            } catch (OaktreeException e) {
                out.println("Cloud " + name + ": cannot be used");
                errors.add(e.getMessage());
                continue;
            }
            for (String region : regions) {
                place(configuration, name, region);
            }
        }
    }

    private void place(CloudsConfiguration configuration, String name, String region) {
        out.println("Cloud " + name + (region.isEmpty() ? "" : ", region " + region) + ":");
        CloudConfig cloud;
        try {
            cloud = configuration.cloud(name, region);
        } catch (OaktreeException e) {
            out.println("  cannot be used");
            errors.add(e.getMessage());
            return;
        }
        warnings.addAll(cloud.warnings());
        line("authenticates with", cloud.authType());
        cloud.auth().forEach((key, value) -> line("  " + key, shown(key, value)));
        line("asks first", firstRequest(cloud));
        line("takes endpoints", String.join(", then ", cloud.interfaces()));
        services(cloud);
        line("certificates", certificates(cloud));
        cloud.apiTimeout().ifPresent(timeout -> line("waits for each answer", timeout.toSeconds() + " s"));
        line("floating IPs from", cloud.floatingIpSource());
        line("security groups from", cloud.securityGroupSource());
        cloud.networks().forEach(network -> line("network " + network.name(), roles(network)));
    }

    private void services(CloudConfig cloud) {
        for (String type : SERVICES) {
            if (!cloud.hasService(type)) {
                line(type, "not used");
                continue;
            }
            Stream<String> said = Stream.of(
                            cloud.endpointOverride(type).map(url -> "at " + withoutPassword(url)),
                            cloud.apiVersion(type).map(version -> "version " + version),
                            cloud.rateLimit(type).isPresent()
                                    ? Optional.of(
                                            "at most " + cloud.rateLimit(type).getAsDouble() + " calls a second")
                                    : Optional.<String>empty(),
                            cloud.concurrency(type).isPresent()
                                    ? Optional.of(
                                            "at most " + cloud.concurrency(type).getAsInt() + " calls at once")
                                    : Optional.<String>empty())
                    .flatMap(Optional::stream);
            String text = said.collect(Collectors.joining(", "));
            if (!text.isEmpty()) {
                line(type, text);
            }
        }
    }

    private static String firstRequest(CloudConfig cloud) {
        if (cloud.authType().equals("none") || cloud.authType().equals("admin_token")) {
            return "the service itself; no token is fetched";
        }
        String url = cloud.auth().getOrDefault("auth_url", "");
        return url.isEmpty() ? "nobody: auth_url is missing" : "for a token at " + withoutPassword(url);
    }

    private static String certificates(CloudConfig cloud) {
        String server = cloud.verify()
                ? "verified with " + cloud.caCert().map(Path::toString).orElse("the system's authorities")
                : "NOT VERIFIED";
        return server
                + cloud.clientCert().map(file -> ", client's own: " + file).orElse("");
    }

    private static String roles(NetworkSetting network) {
        return Stream.of(
                        network.routesIpv4Externally() ? "routes IPv4 externally" : "",
                        network.routesIpv6Externally() ? "routes IPv6 externally" : "",
                        network.natSource() ? "source of floating IPs" : "",
                        network.natDestination() ? "destination of floating IPs" : "",
                        network.defaultInterface() ? "default interface" : "")
                .filter(role -> !role.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String shown(String key, String value) {
        if (!NO_SECRETS.contains(key)) {
            return "(set)";
        }
        return key.equals("auth_url") || key.equals("endpoint") ? withoutPassword(value) : value;
    }

    /** People do write {@code https://user:password@host}. */
    private static String withoutPassword(String url) {
        try {
            URI uri = new URI(url);
            return uri.getRawUserInfo() == null ? url : url.replace(uri.getRawUserInfo() + "@", "");
        } catch (URISyntaxException e) {
            return url.contains("@") ? "(no URL)" : url;
        }
    }

    private void line(String what, String value) {
        out.println("  " + what + ": " + value);
    }
}
