package org.openstack.oaktree.rest;

import java.net.URI;

/**
 * Where a request goes and in whose name.
 *
 * @param cloud name of the cloud in the configuration
 * @param region its region; empty when it has none
 * @param service official type of the service
 * @param endpoint URL that paths stand below
 * @param authorization gives the token
 * @param scope stable text for the credential and project: callers are served in turns by it
 */
public record Target(
        String cloud, String region, String service, URI endpoint, Authorization authorization, String scope) {
    /** Another place of the same cloud and scope. */
    public Target at(String otherService, URI otherEndpoint, Authorization otherAuthorization) {
        return new Target(cloud, region, otherService, otherEndpoint, otherAuthorization, scope);
    }

    /** The same service seen from another cloud or region. */
    public Target in(String otherCloud, String otherRegion) {
        return new Target(otherCloud, otherRegion, service, endpoint, authorization, scope);
    }

    @Override
    public String toString() {
        return service + " service of " + (region.isEmpty() ? cloud : cloud + "/" + region);
    }
}
