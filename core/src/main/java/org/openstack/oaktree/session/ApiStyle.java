package org.openstack.oaktree.session;

import java.util.Map;

/**
 * How the URL of a service's API follows from the one in the catalog.
 *
 * <p>Deployers put URLs with and without version, and with the project, into catalogs. Where the wanted version has one well-known place
 * it is put there without asking the service; only nova and cinder are asked, and only when the catalog does not say their version.
 *
 * @param major wanted major version; 0 for whatever the catalog says
 * @param segment path segment to add when the catalog's URL has no version; empty when the service has to be asked, or has none
 * @param hasMicroversions whether its version document is worth a request
 */
record ApiStyle(int major, String segment, boolean hasMicroversions) {
    private static final ApiStyle AS_IT_IS = new ApiStyle(0, "", false);

    private static final Map<String, ApiStyle> BY_TYPE = Map.ofEntries(
            Map.entry("baremetal", new ApiStyle(1, "v1", true)),
            Map.entry("baremetal-introspection", new ApiStyle(1, "v1", true)),
            Map.entry("block-storage", new ApiStyle(3, "", true)),
            Map.entry("compute", new ApiStyle(2, "", true)),
            Map.entry("container-infrastructure-management", new ApiStyle(1, "v1", true)),
            Map.entry("dns", new ApiStyle(2, "v2", false)),
            Map.entry("identity", new ApiStyle(3, "v3", false)),
            Map.entry("image", new ApiStyle(2, "v2", false)),
            Map.entry("key-manager", new ApiStyle(1, "v1", true)),
            Map.entry("load-balancer", new ApiStyle(2, "v2.0", false)),
            Map.entry("network", new ApiStyle(2, "v2.0", false)),
            Map.entry("placement", new ApiStyle(0, "", true)),
            Map.entry("shared-file-system", new ApiStyle(2, "", true)),
            Map.entry("workflow", new ApiStyle(2, "v2", false)));

    /** The style of a service, by its official type. */
    static ApiStyle of(String type) {
        return BY_TYPE.getOrDefault(type, AS_IT_IS);
    }
}
