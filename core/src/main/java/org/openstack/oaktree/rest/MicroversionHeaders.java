package org.openstack.oaktree.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which headers say the microversion to a service: the common one, and the older ones that some services had before it. */
final class MicroversionHeaders {
    private static final Map<String, String> NAMES = Map.of(
            "block-storage", "volume",
            "container-infrastructure-management", "container-infra");
    private static final Map<String, String> OLD_HEADERS = Map.of(
            "compute", "X-OpenStack-Nova-API-Version",
            "baremetal", "X-OpenStack-Ironic-API-Version",
            "baremetal-introspection", "X-OpenStack-Ironic-Inspector-API-Version",
            "shared-file-system", "X-OpenStack-Manila-API-Version");

    private MicroversionHeaders() {}

    static Map<String, String> of(String service, String microversion) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("OpenStack-API-Version", NAMES.getOrDefault(service, service) + " " + microversion);
        String old = OLD_HEADERS.get(service);
        if (old != null) {
            headers.put(old, microversion);
        }
        return headers;
    }
}
