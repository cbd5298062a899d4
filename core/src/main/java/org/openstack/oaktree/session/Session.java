package org.openstack.oaktree.session;

import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_FEATURE_MISSING;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_INVALID_FIELD;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_UNKNOWN_PROJECT;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_UNKNOWN_REGION;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.ServiceTypes;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Authorization;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.Target;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/**
 * One credential, scoped to one project, in one region of one cloud. Nothing is asked of the cloud before it is needed. Safe for use by
 * many threads; made by {@link Sessions}.
 */
public final class Session {
    private final Sessions sessions;
    private final CloudConfig config;
    private final Credential credential;
    private final Rest rest;
    private final Optional<LocatedTokens> tokens;
    private final Discovery discovery;
    private volatile @Nullable Scope scope;

    /** Whose view it is, and the text for it: made once for each token. */
    private record Scope(Identity identity, String key) {}

    /** Without tokens when the credential does without Keystone. */
    Session(
            Sessions sessions,
            CloudConfig config,
            Credential credential,
            Rest rest,
            Optional<LocatedTokens> tokens,
            Discovery discovery) {
        this.sessions = sessions;
        this.config = config;
        this.credential = credential;
        this.rest = rest;
        this.tokens = tokens;
        this.discovery = discovery;
    }

    /** What is configured of the cloud and region. */
    public CloudConfig config() {
        return config;
    }

    /**
     * Who this is; authenticates when that has not happened yet. The token that it tells of may have been followed by another.
     *
     * @throws OaktreeException CLOUD_CREDENTIALS_REJECTED, CLOUD_UNREACHABLE and the like
     */
    public Identity identity() {
        return tokens.map(LocatedTokens::owner).orElse(Identity.NOBODY);
    }

    /**
     * A service of the cloud; authenticates when there is no token whose catalog could be looked into.
     *
     * @param serviceType any of the service's names
     * @throws OaktreeException FEATURE_MISSING when the cloud does not have it, or the configuration says not to use it
     */
    public Service service(String serviceType) {
        String type = ServiceTypes.official(serviceType);
        if (!config.hasService(type)) {
            throw missing(type, "the configuration says that it is not to be used")
                    .build();
        }
        Target target = new Target(
                config.name(), config.region(), type, place(type), authorization(), config.name() + " " + credential);
        return new Service(rest, target, new CatalogEndpoint(rest, target, discovery));
    }

    /** Whether there is such a service; as {@link #service} it may authenticate. */
    public boolean hasService(String serviceType) {
        try {
            return !service(serviceType).type().isEmpty();
        } catch (OaktreeException absent) {
            if (absent.reason() == ERROR_REASON_FEATURE_MISSING) {
                return false;
            }
            throw absent;
        }
    }

    /**
     * The same credential for another project: shares connections, budgets and what is known of the cloud, and has tokens of its own.
     * Nothing is asked of the cloud here: that there is no such project shows with the first use, as UNKNOWN_PROJECT.
     *
     * @param project ID, or name with the domain that owns it; without domain that of the configured project. This session when empty
     * @throws OaktreeException UNKNOWN_PROJECT when the credential cannot be scoped to others, INVALID_FIELD for a domain without project
     */
    public Session rescoped(Location.Project project) {
        boolean hasProject = !project.getId().isEmpty() || !project.getName().isEmpty();
        if (!hasProject
                && project.getDomainId().isEmpty()
                && project.getDomainName().isEmpty()) {
            return this;
        }
        if (!hasProject) {
            throw error(ERROR_REASON_INVALID_FIELD, "location.project names a domain but no project.")
                    .field("location.project", "needs id or name")
                    .build();
        }
        if (credential.names(project)) {
            return this;
        }
        if (credential.doesWithoutKeystone() || credential.isApplicationCredential()) {
            if (isOwn(project)) {
                return this;
            }
            throw error(
                            ERROR_REASON_UNKNOWN_PROJECT,
                            "The credentials of cloud '" + config.name() + "' (auth_type " + credential.type()
                                    + ") hold for one project only, and location.project is another.")
                    .field("location.project", "is not the project of these credentials")
                    .build();
        }
        return sessions.session(config, credential.scopedTo(project), tokens.map(LocatedTokens::shared));
    }

    /** The same tokens in a region of which that is configured. */
    Session in(CloudConfig region) {
        Optional<LocatedTokens> there = tokens.map(
                here -> new LocatedTokens(here.shared(), here.identity().in(region.name(), region.region())));
        return new Session(sessions, region, credential, rest, there, discovery);
    }

    /** Refuses a region of which the token's catalog has nothing; authenticates when that has not happened yet. */
    void checkRegion(String region) {
        SortedSet<String> regions = tokens.map(LocatedTokens::get)
                .map(Token::catalog)
                .orElse(Catalog.EMPTY)
                .regions();
        if (!regions.contains(region)) {
            throw OaktreeException.of(
                            ERROR_REASON_UNKNOWN_REGION,
                            "Cloud '" + config.name() + "' has no region '" + region + "'; its catalog has "
                                    + (regions.isEmpty() ? "none" : String.join(", ", regions))
                                    + " (names are case-sensitive).")
                    .place(config.name(), region)
                    .field("location.region", "is not in the cloud's catalog")
                    .build();
        }
    }

    Credential credential() {
        return credential;
    }

    /**
     * Stable text for what this session can see, to tell answers of different callers apart: cloud, region, project, user, and what narrows
     * them. No secret. Authenticates when that has not happened yet.
     */
    public String scopeKey() {
        Identity identity = identity();
        Scope known = scope;
        if (known == null || !known.identity().equals(identity)) {
            known = new Scope(identity, scopeKey(identity));
            scope = known;
        }
        return known.key();
    }

    private String scopeKey(Identity identity) {
        List<String> parts = new ArrayList<>(List.of(
                config.name(),
                config.region(),
                identity.projectId(),
                identity.userId(),
                String.join(",", identity.roles()),
                credential.type()));
        // What is not in the identity, or narrows it.
        for (String part :
                List.of("application_credential_id", "application_credential_name", "trust_id", "domain_id")) {
            parts.add(credential.part(part));
        }
        parts.addAll(config.interfaces());
        return parts.stream()
                .map(part -> part.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }

    private boolean isOwn(Location.Project project) {
        Identity own = identity();
        if (!project.getId().isEmpty()) {
            return project.getId().equals(own.projectId());
        }
        return project.getName().equals(own.projectName())
                && (project.getDomainId().isEmpty() || project.getDomainId().equals(own.projectDomainId()))
                && (project.getDomainName().isEmpty() || project.getDomainName().equals(own.projectDomainName()));
    }

    private URI place(String type) {
        Optional<String> override = config.endpointOverride(type)
                .or(() -> credential.type().equals("admin_token")
                        ? Optional.of(credential.part("endpoint"))
                        : Optional.empty());
        if (override.isPresent()) {
            return EndpointUrls.parse(interpolated(override.get()))
                    .orElseThrow(() -> error(
                                    ERROR_REASON_CLOUD_MISCONFIGURED,
                                    "The endpoint that is configured for the service " + type + " of cloud '"
                                            + config.name() + "' is no URL.")
                            .build());
        }
        List<String> types = new ArrayList<>(List.of(config.serviceType(type)));
        types.addAll(ServiceTypes.names(type));
        String region = config.region(type);
        return tokens.map(LocatedTokens::get)
                .map(Token::catalog)
                .orElse(Catalog.EMPTY)
                .find(types, config.service(type, "service_name").orElse(""), region, config.interfaces(type))
                .orElseThrow(() -> missing(
                                type,
                                "its catalog has none" + (region.isEmpty() ? "" : " in region " + region)
                                        + " with interface " + String.join(" or ", config.interfaces(type)))
                        .build());
    }

    /** Configured endpoints may have the project's ID in them, as Keystone's own templates do. */
    private String interpolated(String url) {
        if (!url.contains("(")) {
            return url;
        }
        Identity identity = identity();
        return url.replaceAll("[%$]\\((?:project|tenant)_id\\)s?", identity.projectId())
                .replaceAll("[%$]\\(user_id\\)s?", identity.userId());
    }

    private Authorization authorization() {
        if (tokens.isPresent()) {
            return tokens.get();
        }
        return credential.type().equals("admin_token") ? new FixedToken(credential.part("token")) : Authorization.NONE;
    }

    private OaktreeException.Builder missing(String type, String why) {
        return error(
                        ERROR_REASON_FEATURE_MISSING,
                        "Cloud '" + config.name() + "' has no service " + type + ": " + why + ".")
                .service(type);
    }

    private OaktreeException.Builder error(ErrorReason reason, String message) {
        return OaktreeException.of(reason, message).place(config.name(), config.region());
    }

    /** A token that stands in the configuration: there is no other one. */
    private record FixedToken(String token) implements Authorization {
        @Override
        public void rejected(String value) {}

        @Override
        public String toString() {
            return "FixedToken";
        }
    }

    @Override
    public String toString() {
        return "Session[" + config + ", " + credential + "]";
    }
}
