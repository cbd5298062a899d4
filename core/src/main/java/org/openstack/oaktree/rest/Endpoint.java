package org.openstack.oaktree.rest;

import java.net.URI;
import java.util.Optional;

/** Where a service is and what it can do; what is asked for first may cost a request, what was found is kept. Safe for use by many threads. */
public interface Endpoint {
    /** URL that the service's paths stand below, without a slash at its end. */
    URI url();

    /** Newest microversion; empty when the service has none. */
    Optional<Microversion> maxMicroversion();
}
