package org.openstack.oaktree.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds for every cloud unless something else is configured; openstacksdk's values. */
final class Defaults {

    static final Map<String, @Nullable Object> SETTINGS = settings();

    private Defaults() {}

    private static Map<String, @Nullable Object> settings() {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("api_timeout", null);
        settings.put("verify", true);
        settings.put("cacert", null);
        settings.put("cert", null);
        settings.put("key", null);
        settings.put("auth_type", "password");
        settings.put("baremetal_status_code_retries", 5L);
        settings.put("baremetal_introspection_status_code_retries", 5L);
        settings.put("image_status_code_retries", 5L);
        settings.put("disable_vendor_agent", Map.of());
        settings.put("interface", "public");
        settings.put("floating_ip_source", "neutron");
        settings.put("image_api_use_tasks", false);
        settings.put("image_format", "qcow2");
        settings.put("message", "");
        settings.put("network_api_version", "2");
        settings.put("object_store_api_version", "1");
        settings.put("secgroup_source", "neutron");
        settings.put("status", "active");
        return Collections.unmodifiableMap(settings);
    }
}
