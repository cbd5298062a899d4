package org.openstack.oaktree.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import org.openstack.oaktree.call.Flights;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Target;
import org.openstack.oaktree.v1.ErrorReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What versions services offer, asked once for all sessions and kept for an hour: clouds are upgraded while oaktree runs. */
final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final Cache<URI, Versions> found =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();
    private final Flights<URI, Versions> flights = new Flights<>(TIMEOUT);

    /**
     * The versions that the document at this URL offers; none when there is no such document.
     *
     * @throws OaktreeException when the service cannot be asked
     */
    Versions at(Rest rest, Target target, URI url) {
        Versions known = found.getIfPresent(url);
        if (known != null) {
            return known;
        }
        try {
            return flights.join(url, () -> ask(rest, target, url));
        } catch (OaktreeException failed) {
            // It may be another region's question that was joined.
            throw failed.toBuilder()
                    .place(target.cloud(), target.region())
                    .service(target.service())
                    .build();
        }
    }

    private Versions ask(Rest rest, Target target, URI url) {
        Versions known = found.getIfPresent(url);
        if (known != null) {
            return known;
        }
        Request request =
                Request.get("/").operation("DiscoverVersions").acceptsChoices().build();
        try {
            Versions versions =
                    rest.send(target.at(target.service(), url, target.authorization()), request, Versions::read);
            if (!versions.offered().isEmpty()) {
                found.put(url, versions);
                return versions;
            }
            none(target, url, "its document names none");
            return Versions.NONE;
        } catch (OaktreeException refused) {
            if (refused.reason() == ErrorReason.ERROR_REASON_UNREADABLE_ANSWER || isClientError(refused)) {
                none(target, url, refused.getMessage());
                return Versions.NONE;
            }
            throw refused;
        }
    }

    /** Not kept: it may be a proxy's passing trouble. */
    private static void none(Target target, URI url, String why) {
        LOG.warn(
                "The {} offers no versions at {} ({}): oaktree goes by the catalog and uses no microversions.",
                target,
                url,
                why);
    }

    private static boolean isClientError(OaktreeException refused) {
        return switch (refused.httpStatus()) {
            case 400, 403, 404, 405, 406, 410 -> true;
            default -> false;
        };
    }
}
