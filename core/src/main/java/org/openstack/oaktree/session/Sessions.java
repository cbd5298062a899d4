package org.openstack.oaktree.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Authorization;
import org.openstack.oaktree.rest.CallObserver;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Target;
import org.openstack.oaktree.rest.Tls;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/**
 * All sessions of this process, and what they share: connections and budgets of a cloud, the tokens of a credential, what
 * versions services offer. Safe for use by many threads.
 */
public final class Sessions implements AutoCloseable {
    /** Sessions of projects that nobody asks about any more are forgotten, and with them their tokens. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final int MOST = 10_000;

    /** All regions of a cloud share their connections, unless they are talked to in different ways. */
    private record RestKey(String cloud, Tls tls, Optional<Duration> timeout) {}

    private record TokensKey(Credential credential, Tls tls) {}

    private record SessionKey(String cloud, String region, Credential credential) {}

    private final CloudsConfiguration configuration;
    private final CallObserver observer;
    private final Clock clock;
    private final Discovery discovery = new Discovery();
    private final Keystone keystone;
    private final ConcurrentMap<RestKey, Rest> rests = new ConcurrentHashMap<>();
    private final Cache<TokensKey, Tokens> tokens = Caffeine.newBuilder()
            .expireAfterAccess(FORGOTTEN_AFTER)
            .maximumSize(MOST)
            .build();
    private final Cache<SessionKey, Session> sessions = Caffeine.newBuilder()
            .expireAfterAccess(FORGOTTEN_AFTER)
            .maximumSize(MOST)
            .build();

    /** No session yet. The observer is told of every request to every cloud. */
    public Sessions(CloudsConfiguration configuration, CallObserver observer) {
        this(configuration, observer, Clock.systemUTC());
    }

    Sessions(CloudsConfiguration configuration, CallObserver observer, Clock clock) {
        this.configuration = configuration;
        this.observer = observer;
        this.clock = clock;
        this.keystone = new Keystone(discovery, clock);
    }

    /**
     * The session of the credential that is configured for a cloud.
     *
     * @param cloud its name; empty for the default one
     * @param region its name; empty for the first one
     * @throws OaktreeException as the other one
     */
    public Session session(String cloud, String region) {
        return session(cloud, region, Location.Project.getDefaultInstance());
    }

    /**
     * The session of the credential that is configured for a cloud, for one of its projects. Nothing is asked of the cloud as long as the
     * region is configured: others must be in the cloud's catalog, so that nothing is made or kept for names that somebody invents.
     *
     * @param cloud its name; empty for the default one
     * @param region its name; empty for the first one
     * @param project as {@link Session#rescoped} takes it
     * @throws OaktreeException UNKNOWN_CLOUD, UNKNOWN_REGION, UNKNOWN_PROJECT; CLOUD_MISCONFIGURED when the configuration cannot be used
     */
    public Session session(String cloud, String region, Location.Project project) {
        boolean onlyTheCloudKnows = !region.isEmpty() && configuration.takesAnyRegion(cloud);
        CloudConfig config = configuration.cloud(cloud, onlyTheCloudKnows ? "" : region);
        Session session =
                session(config, Credential.of(config), Optional.empty()).rescoped(project);
        return onlyTheCloudKnows ? elsewhere(session, region) : session;
    }

    /** The same credential and project in a region that its catalog has. */
    private Session elsewhere(Session session, String region) {
        SessionKey key = new SessionKey(session.config().name(), region, session.credential());
        Session known = sessions.getIfPresent(key);
        if (known != null) {
            return known;
        }
        session.checkRegion(region);
        return sessions.get(
                key, absent -> session.in(configuration.cloud(session.config().name(), region)));
    }

    /** The session of another credential; the original tokens are those that it was made from, if any. */
    Session session(CloudConfig cloud, Credential credential, Optional<Tokens> original) {
        SessionKey key = new SessionKey(cloud.name(), cloud.region(), credential);
        return sessions.get(key, absent -> {
            Rest rest = rest(cloud);
            Optional<LocatedTokens> own = credential.doesWithoutKeystone()
                    ? Optional.empty()
                    : Optional.of(tokens(cloud, credential, rest, original));
            return new Session(this, cloud, credential, rest, own, discovery);
        });
    }

    private LocatedTokens tokens(CloudConfig cloud, Credential credential, Rest rest, Optional<Tokens> original) {
        Target identity = identityService(cloud, credential);
        return new LocatedTokens(
                tokens.get(
                        new TokensKey(credential, tls(cloud)),
                        unknown -> new Tokens(keystone, rest, identity, credential, original, clock)),
                identity);
    }

    private static Target identityService(CloudConfig cloud, Credential credential) {
        URI url = EndpointUrls.parse(credential.part("auth_url"))
                .orElseThrow(() -> OaktreeException.of(
                                ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED,
                                "The setting auth_url of cloud '" + cloud.name() + "' is no URL.")
                        .place(cloud.name(), cloud.region())
                        .build());
        return new Target(
                cloud.name(), cloud.region(), "identity", url, Authorization.NONE, cloud.name() + " " + credential);
    }

    private Rest rest(CloudConfig cloud) {
        return rests.computeIfAbsent(
                new RestKey(cloud.name(), tls(cloud), cloud.apiTimeout()),
                key -> new Rest(
                        new Rest.Settings(
                                key.tls(), key.timeout(), (region, service) -> limits(key.cloud(), region, service)),
                        observer));
    }

    private Rest.Limits limits(String cloud, String region, String service) {
        CloudConfig config = configuration.cloud(cloud, region);
        return new Rest.Limits(config.rateLimit(service), config.concurrency(service));
    }

    private static Tls tls(CloudConfig cloud) {
        return new Tls(cloud.verify(), cloud.caCert(), cloud.clientCert(), cloud.clientKey());
    }

    /** Ends every connection; requests under way fail. */
    @Override
    public void close() {
        rests.values().forEach(Rest::close);
        rests.clear();
    }
}
