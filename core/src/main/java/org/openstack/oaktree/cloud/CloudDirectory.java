package org.openstack.oaktree.cloud;

import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.session.Sessions;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** Finds the clouds that a request's location means. Safe for use by many threads. */
public final class CloudDirectory {
    /** Stands for every cloud or region in List requests. */
    private static final String EVERY = "*";

    private final CloudsConfiguration configuration;
    private final Sessions sessions;

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
        return cloud(where.getCloud(), where.getRegion(), where.getProject());
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
                places.add(cloud(cloud, region, where.getProject()));
            }
        }
        return places;
    }

    private Cloud cloud(String cloud, String region, Location.Project project) {
        checkText("location.project.id", project.getId());
        checkText("location.project.name", project.getName());
        checkText("location.project.domain_id", project.getDomainId());
        checkText("location.project.domain_name", project.getDomainName());
        return new Cloud(sessions.session(cloud, region, project));
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
