package org.openstack.oaktree.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.session.Session;
import org.openstack.oaktree.session.Sessions;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** Finds the clouds that a request's location means. Safe for use by many threads. */
public final class CloudDirectory {
    /** Stands for every cloud or region in List requests. */
    private static final String EVERY = "*";

    private final CloudsConfiguration configuration;
    private final Sessions sessions;
    private final Map<CloudConfig, Cloud> known = new ConcurrentHashMap<>();
    private final Map<Name, CloudConfig> configs = new ConcurrentHashMap<>();

    private record Name(String cloud, String region) {}

    /** A directory of the clouds of a configuration. */
    public CloudDirectory(CloudsConfiguration configuration, Sessions sessions) {
        this.configuration = configuration;
        this.sessions = sessions;
    }

    /** The configuration that it serves. */
    public CloudsConfiguration configuration() {
        return configuration;
    }

    /**
     * The one place that the location of a Get, Create, Update, Delete or action means.
     *
     * @throws OaktreeException UNKNOWN_CLOUD, UNKNOWN_REGION; INVALID_FIELD for a {@code *}
     */
    public Cloud one(Location where) {
        refuseEvery("location.cloud", where.getCloud());
        refuseEvery("location.region", where.getRegion());
        return scoped(config(where.getCloud(), where.getRegion()), where);
    }

    /**
     * The places that the location of a List means, in the order of the configuration.
     *
     * @throws OaktreeException UNKNOWN_CLOUD, UNKNOWN_REGION
     */
    public List<Cloud> all(Location where) {
        List<Cloud> places = new ArrayList<>();
        List<String> clouds = where.getCloud().equals(EVERY) ? configuration.cloudNames() : List.of(where.getCloud());
        for (String cloud : clouds) {
            String name = cloud.isEmpty() ? configuration.defaultCloud() : cloud;
            List<String> regions =
                    where.getRegion().equals(EVERY) ? configuration.regions(name) : List.of(where.getRegion());
            for (String region : regions) {
                places.add(scoped(config(cloud, region), where));
            }
        }
        return places;
    }

    private CloudConfig config(String cloud, String region) {
        Name name = new Name(cloud, region);
        CloudConfig config = configs.get(name);
        if (config == null) {
            config = configuration.cloud(cloud, region);
            configs.put(name, config);
        }
        return config;
    }

    private Cloud scoped(CloudConfig config, Location where) {
        Cloud own = known.computeIfAbsent(config, any -> new Cloud(any, sessions.session(any)));
        if (!where.hasProject() || where.getProject().equals(Location.Project.getDefaultInstance())) {
            return own;
        }
        Location.Project project = where.getProject();
        checkText("location.project.id", project.getId());
        checkText("location.project.name", project.getName());
        checkText("location.project.domain_id", project.getDomainId());
        checkText("location.project.domain_name", project.getDomainName());
        if (project.getId().isEmpty() && project.getName().isEmpty()) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_INVALID_FIELD, "location.project needs the project's id or name")
                    .field("location.project", "has neither id nor name")
                    .build();
        }
        Session session = own.session().rescoped(project);
        return new Cloud(config, session);
    }

    /** Keystone takes no longer names; and what comes this far is logged and asked of the cloud. */
    private static void checkText(String field, String text) {
        if (text.length() > 255 || text.chars().anyMatch(Character::isISOControl)) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_INVALID_FIELD,
                            field
                                    + " has more than 255 characters, or control characters: no project or domain is called so")
                    .field(field, "is no name or ID")
                    .build();
        }
    }

    private static void refuseEvery(String field, String text) {
        if (text.equals(EVERY)) {
            throw OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "only List requests take * in " + field)
                    .field(field, "must name one")
                    .build();
        }
    }
}
