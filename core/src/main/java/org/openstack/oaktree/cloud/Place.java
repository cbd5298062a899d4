package org.openstack.oaktree.cloud;

import java.util.function.Supplier;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.Location;

/** One region of one cloud that a List is to ask. Nothing is known of it yet: whether it can be used shows when it is opened. */
public final class Place {
    private final String cloud;
    private final String region;
    private final Supplier<Cloud> opening;

    Place(String cloud, String region, Supplier<Cloud> opening) {
        this.cloud = cloud;
        this.region = region;
        this.opening = opening;
    }

    /** What the request and the configuration's list of clouds say of where it is: the region is empty when both say nothing. */
    public Location location() {
        return Location.newBuilder().setCloud(cloud).setRegion(region).build();
    }

    /**
     * The cloud itself. May ask it who the credential is.
     *
     * @throws OaktreeException UNKNOWN_CLOUD, UNKNOWN_REGION, UNKNOWN_PROJECT; CLOUD_MISCONFIGURED when the configuration cannot be used
     */
    public Cloud open() {
        return opening.get();
    }
}
