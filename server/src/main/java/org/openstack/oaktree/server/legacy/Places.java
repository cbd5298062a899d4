package org.openstack.oaktree.server.legacy;

import org.openstack.oaktree.legacy.Project;
import org.openstack.oaktree.v1.Location;

/** Locations of 2016 and of today. */
final class Places {
    private Places() {}

    static Location today(org.openstack.oaktree.legacy.Location place) {
        Location.Builder today = Location.newBuilder()
                .setCloud(place.getCloud())
                .setRegion(place.getRegion())
                .setZone(place.getZone());
        if (place.hasProject()) {
            // Of each pair one is set at most; the other reads as empty.
            today.getProjectBuilder()
                    .setId(place.getProject().getId())
                    .setName(place.getProject().getName())
                    .setDomainId(place.getProject().getDomainId())
                    .setDomainName(place.getProject().getDomainName());
        }
        return today.build();
    }

    static org.openstack.oaktree.legacy.Location legacy(Location place) {
        org.openstack.oaktree.legacy.Location.Builder legacy = org.openstack.oaktree.legacy.Location.newBuilder()
                .setCloud(place.getCloud())
                .setRegion(place.getRegion())
                .setZone(place.getZone());
        if (place.hasProject()) {
            legacy.setProject(legacy(place.getProject()));
        }
        return legacy.build();
    }

    /** There was room for one of ID and name: the ID says more. */
    private static Project legacy(Location.Project project) {
        Project.Builder legacy = Project.newBuilder();
        if (!project.getId().isEmpty()) {
            legacy.setId(project.getId());
        } else if (!project.getName().isEmpty()) {
            legacy.setName(project.getName());
        }
        if (!project.getDomainId().isEmpty()) {
            legacy.setDomainId(project.getDomainId());
        } else if (!project.getDomainName().isEmpty()) {
            legacy.setDomainName(project.getDomainName());
        }
        return legacy.build();
    }
}
