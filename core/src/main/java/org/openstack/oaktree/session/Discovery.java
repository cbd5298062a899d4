package org.openstack.oaktree.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Flights;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Target;
import org.openstack.oaktree.v1.ErrorReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What versions services offer, asked once for all sessions and kept for an hour: clouds are upgraded while oaktree runs. That there is nothing is kept for a minute. */
final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final Duration KEPT = Duration.ofHours(1);
    /** What is not there may be a proxy's passing trouble. */
    private static final Duration MISSING_KEPT = Duration.ofMinutes(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final Cache<URI, Versions> found =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();
    private final Cache<URI, Versions> missing =
            Caffeine.newBuilder().expireAfterWrite(MISSING_KEPT).maximumSize(MOST).build();
    private final Flights<URI, Versions> flights = new Flights<>(TIMEOUT);

    /**
     * The versions that the document at this URL offers; none when there is no such document.
     *
     * @throws OaktreeException when the service cannot be asked
     */
    Versions at(Rest rest, Target target, URI url) {
        Versions known = known(url);
        return known != null ? known : flights.join(url, () -> ask(rest, target, url));
    }

    private @Nullable Versions known(URI url) {
        Versions known = found.getIfPresent(url);
        return known != null ? known : missing.getIfPresent(url);
    }

    private Versions ask(Rest rest, Target target, URI url) {
        Versions known = known(url);
        if (known != null) {
            return known;
        }
        Request request =
                Request.get("/").operation("DiscoverVersions").acceptsChoices().build();
        try {
            Versions versions =
                    rest.send(target.at(target.service(), url, target.authorization()), request, Versions::read);
            found.put(url, versions);
            return versions;
        } catch (OaktreeException refused) {
            if (refused.reason() == ErrorReason.ERROR_REASON_UNREADABLE_ANSWER || isClientError(refused)) {
                LOG.warn(
                        "The {} offers no versions at {} ({}): oaktree goes by the catalog and uses no microversions.",
                        target,
                        url,
                        refused.getMessage());
                missing.put(url, Versions.NONE);
                return Versions.NONE;
            }
            throw refused;
        }
    }

    private static boolean isClientError(OaktreeException refused) {
        return switch (refused.httpStatus()) {
            case 400, 403, 404, 405, 406, 410 -> true;
            default -> false;
        };
    }
}
