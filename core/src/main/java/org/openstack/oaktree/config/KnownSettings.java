package org.openstack.oaktree.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The names of settings that mean something to oaktree or to openstacksdk; others are most likely slips of the pen. */
final class KnownSettings {

    /** What follows the name of a service. */
    private static final List<String> SERVICE_SUFFIXES = List.of(
            "_api_version",
            "_connect_retries",
            "_connect_retry_delay",
            "_default_microversion",
            "_disabled_reason",
            "_endpoint",
            "_endpoint_override",
            "_interface",
            "_max_version",
            "_min_version",
            "_region_name",
            "_retriable_status_codes",
            "_service_name",
            "_service_type",
            "_status_code_retries",
            "_status_code_retry_delay");

    private static final Set<String> NAMES = Set.of(
            "additional_metric_tags",
            "additional_user_agent",
            "api_timeout",
            "auth",
            "auth_methods",
            "auth_type",
            "cache",
            "cacert",
            "cert",
            "concurrency",
            "connect_retries",
            "connect_retry_delay",
            "disable_vendor_agent",
            "external_network",
            "floating_ip_source",
            "image_api_use_tasks",
            "image_format",
            "insecure",
            "interface",
            "internal_network",
            "key",
            "message",
            "metrics",
            "networks",
            "private",
            "profile",
            "rate_limit",
            "region_name",
            "requires_floating_ip",
            "retriable_status_codes",
            "secgroup_source",
            "status",
            "status_code_retries",
            "status_code_retry_delay",
            "timeout",
            "timing",
            "use_external_network",
            "use_internal_network",
            "vendor_hook",
            "verbose_level",
            "verify");

    /** What variables add that only choose what is read. */
    private static final Set<String> SELECTORS =
            Set.of("client_config_file", "client_secure_file", "cloud_name", "prefer_ipv6");

    private KnownSettings() {}

    /** Those of the names that mean nothing. */
    static List<String> unknown(Collection<String> names) {
        return names.stream().filter(name -> !isKnown(name)).toList();
    }

    private static boolean isKnown(String name) {
        return NAMES.contains(name)
                || SELECTORS.contains(name)
                || name.startsWith("has_")
                || SERVICE_SUFFIXES.stream().anyMatch(name::endsWith);
    }
}
