package org.openstack.oaktree.rest;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.openstack.oaktree.error.OaktreeException;

/** One service of a cloud as one session sees it. Safe for use by many threads. */
public final class Service {
    private final Rest rest;
    private final Target target;
    private final Endpoint endpoint;

    /** A service that was found in the catalog. The target's endpoint is not used: the other one decides. */
    public Service(Rest rest, Target target, Endpoint endpoint) {
        this.rest = rest;
        this.target = target;
        this.endpoint = endpoint;
    }

    /** Official type, such as {@code block-storage}, whatever the catalog calls it. */
    public String type() {
        return target.service();
    }

    /** URL that paths of requests stand below. */
    public URI endpoint() {
        return endpoint.url();
    }

    /** Newest microversion that the service knows; empty when it has none. The first to ask costs one request. */
    public Optional<Microversion> maxMicroversion() {
        return endpoint.maxMicroversion();
    }

    /**
     * Sends a request and reads its answer; blocks until the deadline of {@link org.openstack.oaktree.call.Call#current} at most.
     *
     * @throws OaktreeException for everything but a 2xx answer that the reader understands
     * @throws CancellationException when the thread was interrupted; it stays so
     */
    public <T> T send(Request request, Reader<T> reader) {
        return rest.send(target.at(target.service(), endpoint.url(), target.authorization()), request, reader);
    }
}
