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
     * The places that the location of a List means, in the order of the configuration. One that cannot be used is among them and fails
     * when it is opened, so that it takes nothing from the others.
     *
     * @throws OaktreeException INVALID_FIELD for a project that no cloud can have
     */
    public List<Place> all(Location where) {
        Location.Project project = where.getProject();
        check(project);
        List<Place> places = new ArrayList<>();
        List<String> clouds = where.getCloud().equals(EVERY) ? configuration.cloudNames() : List.of(where.getCloud());
        for (String cloud : clouds) {
            String name = cloud.isEmpty() ? configuration.defaultCloud() : cloud;
            for (String region : where.getRegion().equals(EVERY) ? regions(name) : List.of(where.getRegion())) {
                places.add(new Place(name, region, () -> new Cloud(sessions.session(cloud, region, project))));
            }
        }
        return places;
    }

    /** The regions of a cloud; a place without a region where the configuration is wrong, which says so when it is opened. */
    private List<String> regions(String cloud) {
        try {
            return configuration.regions(cloud);
        } catch (OaktreeException e) {
            return List.of("");
        }
    }

    private Cloud cloud(String cloud, String region, Location.Project project) {
        check(project);
        return new Cloud(sessions.session(cloud, region, project));
    }

    private static void check(Location.Project project) {
        checkText("location.project.id", project.getId());
        checkText("location.project.name", project.getName());
        checkText("location.project.domain_id", project.getDomainId());
        checkText("location.project.domain_name", project.getDomainName());
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
