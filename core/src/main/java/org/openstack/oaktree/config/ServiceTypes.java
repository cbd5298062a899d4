package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * OpenStack's service types and what they were called before, as the service-types authority lists them. Catalogs and configurations
 * use any of the names.
 */
public final class ServiceTypes {

    private static final List<List<String>> TYPES = List.of(
            List.of("accelerator"),
            List.of("admin-logic", "registration"),
            List.of("alarm", "alarming"),
            List.of("application-catalog"),
            List.of("application-container", "container"),
            List.of("application-deployment", "application_deployment"),
            List.of("backup"),
            List.of("baremetal", "bare-metal"),
            List.of("baremetal-introspection"),
            List.of("block-storage", "volumev3", "volumev2", "volume", "block-store"),
            List.of("clustering", "resource-cluster", "cluster"),
            List.of("compute"),
            List.of("container-infrastructure-management", "container-infrastructure", "container-infra"),
            List.of("data-processing"),
            List.of("data-protection-orchestration"),
            List.of("database"),
            List.of("dns"),
            List.of("ec2-api"),
            List.of("event", "events"),
            List.of("function-engine"),
            List.of("identity"),
            List.of("image"),
            List.of("instance-ha", "ha"),
            List.of("key-manager"),
            List.of("load-balancer"),
            List.of("log-management"),
            List.of("message", "messaging"),
            List.of("meter", "metering", "telemetry"),
            List.of("monitoring"),
            List.of("monitoring-events"),
            List.of("monitoring-logging", "monitoring-log-api"),
            List.of("multi-region-network-automation", "tricircle"),
            List.of("network"),
            List.of("nfv-orchestration"),
            List.of("object-store"),
            List.of("operator-policy", "policy"),
            List.of("orchestration"),
            List.of("placement"),
            List.of("rating"),
            List.of("reservation"),
            List.of("resource-optimization", "infra-optim"),
            List.of("root-cause-analysis", "rca"),
            List.of("search"),
            List.of("shared-file-system", "sharev2", "share"),
            List.of("workflow", "workflowv2"));

    private static final Map<String, List<String>> BY_NAME = byName();

    private ServiceTypes() {}

    /**
     * Every name of a service: the official type first, then its aliases, newest first.
     *
     * @param serviceType any of the names, {@code -} or {@code _} between its words; an unknown one is its only name
     */
    public static List<String> names(String serviceType) {
        String name = serviceType.toLowerCase(Locale.ROOT).replace('_', '-');
        List<String> names = BY_NAME.get(name);
        return names == null ? List.of(name) : names;
    }

    /** The official type of a service, or the given one when it is unknown. */
    public static String official(String serviceType) {
        return names(serviceType).getFirst();
    }

    /** Every official type. */
    public static List<String> all() {
        return TYPES.stream().map(List::getFirst).toList();
    }

    /** What settings of the service begin with: {@code block_storage_}, {@code volumev3_}, ... */
    static List<String> prefixes(String serviceType) {
        List<String> prefixes = new ArrayList<>();
        for (String name : names(serviceType)) {
            prefixes.add(name.replace('-', '_') + "_");
        }
        return prefixes;
    }

    private static Map<String, List<String>> byName() {
        Map<String, List<String>> byName = new HashMap<>();
        for (List<String> names : TYPES) {
            for (String name : names) {
                byName.put(name.replace('_', '-'), names);
            }
        }
        return Map.copyOf(byName);
    }
}
