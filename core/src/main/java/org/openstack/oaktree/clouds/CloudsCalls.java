package org.openstack.oaktree.clouds;

import com.google.protobuf.Descriptors.Descriptor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.clouds.v1.Cloud;
import org.openstack.oaktree.clouds.v1.GetCurrentLocationRequest;
import org.openstack.oaktree.clouds.v1.GetCurrentLocationResponse;
import org.openstack.oaktree.clouds.v1.ListCloudsRequest;
import org.openstack.oaktree.clouds.v1.ListCloudsResponse;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Listing;
import org.openstack.oaktree.resource.json.Times;
import org.openstack.oaktree.session.Identity;
import org.openstack.oaktree.v1.Location;

/** Answers {@code oaktree.clouds.v1.Clouds}: which clouds are configured, and whom this oaktree is there. */
public final class CloudsCalls {
    private final CloudDirectory directory;
    private final Instant readAt = Instant.now();

    /** Answers from the configuration of that directory. */
    public CloudsCalls(CloudDirectory directory) {
        this.directory = directory;
    }

    /** The clouds of the configuration; no call to any of them. */
    public ListCloudsResponse listClouds(ListCloudsRequest request) {
        Location where = request.getLocation();
        if (!where.getRegion().isEmpty() || !where.getZone().isEmpty() || where.hasProject()) {
            throw OaktreeException.invalidField("location", "takes only a cloud here");
        }
        CloudsConfiguration configuration = directory.configuration();
        List<Cloud> clouds = new ArrayList<>();
        for (String name : configuration.cloudNames()) {
            clouds.add(cloud(configuration, name));
        }
        String wanted = where.getCloud();
        boolean every = wanted.isEmpty() || wanted.equals("*");
        if (!every) {
            configuration.checkKnown(wanted);
            clouds.removeIf(cloud -> !cloud.getName().equals(wanted));
        }
        clouds.sort(Comparator.comparing(Cloud::getId));
        Descriptor type = Cloud.getDescriptor();
        Listing listing = new Listing(
                request,
                ListCloudsResponse.getDefaultInstance(),
                Objects.requireNonNull(type.findFieldByName("id")),
                Objects.requireNonNull(type.findFieldByName("name")));
        listing.add(clouds, 0, readAt);
        return (ListCloudsResponse) listing.answer();
    }

    private static Cloud cloud(CloudsConfiguration configuration, String name) {
        List<String> regions = regions(configuration, name);
        return Cloud.newBuilder()
                .setLocation(
                        Location.newBuilder().setCloud(name).setRegion(regions.isEmpty() ? "" : regions.getFirst()))
                .setId(name)
                .setName(name)
                .setIsDefault(name.equals(configuration.defaultCloud()))
                .addAllRegions(
                        regions.stream().filter(region -> !region.isEmpty()).toList())
                .build();
    }

    /** None when what is configured of the cloud cannot be used: that takes no other cloud from the list, and its own calls say it. */
    private static List<String> regions(CloudsConfiguration configuration, String cloud) {
        try {
            return configuration.regions(cloud);
        } catch (OaktreeException e) {
            return List.of();
        }
    }

    /** Where requests with that location are made, and by whom. */
    public GetCurrentLocationResponse getCurrentLocation(GetCurrentLocationRequest request) {
        if (!request.getLocation().getZone().isEmpty()) {
            throw OaktreeException.invalidField("location.zone", "must be empty here");
        }
        org.openstack.oaktree.cloud.Cloud cloud = directory.one(request.getLocation());
        Identity identity = cloud.session().identity();
        // Who needs no Keystone is who the configuration says, at any time.
        Instant now = Instant.now();
        Instant asOf = identity.asOf().isBefore(now) ? identity.asOf() : now;
        return GetCurrentLocationResponse.newBuilder()
                .setLocation(cloud.region().toBuilder().setProject(cloud.project()))
                .setAsOf(Times.timestamp(asOf))
                .setUserId(identity.userId())
                .setUserName(identity.userName())
                .build();
    }
}
