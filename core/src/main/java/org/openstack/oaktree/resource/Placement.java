package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.v1.Location;

/** Puts resources where they are; makes each different location once per list. */
final class Placement {
    private record Place(String zone, String projectId) {}

    private final Location region;
    private final Location.Project project;
    private final boolean isOwn;
    private final FieldDescriptor location;
    /** Lists of resources inside the resource: they are where it is. */
    private final List<FieldDescriptor> nested;

    private final Map<Place, Location> known = new HashMap<>();

    Placement(Cloud cloud, ResourceType type) {
        this.location = type.location();
        this.nested = type.prototype().getDescriptorForType().getFields().stream()
                .filter(field -> field.isRepeated()
                        && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && field.getMessageType().findFieldByName("location") != null)
                .toList();
        this.region = cloud.region();
        this.project = cloud.project();
        // What each project has one of, without saying so, is the caller's.
        this.isOwn = type.isSingle();
    }

    /** The resource with its location. */
    Message locate(Document document) {
        Place place = new Place(document.zone(), document.projectId());
        Location there = known.computeIfAbsent(place, this::location);
        Message.Builder resource = document.resource().toBuilder().setField(location, there);
        for (FieldDescriptor field : nested) {
            for (int i = 0; i < resource.getRepeatedFieldCount(field); i++) {
                Message inner = (Message) resource.getRepeatedField(field, i);
                FieldDescriptor own =
                        Objects.requireNonNull(field.getMessageType().findFieldByName("location"));
                resource.setRepeatedField(
                        field, i, inner.toBuilder().setField(own, there).build());
            }
        }
        return resource.build();
    }

    private Location location(Place place) {
        Location.Builder location = region.toBuilder().setZone(place.zone());
        if (isOwn) {
            location.setProject(project);
        } else if (!place.projectId().isEmpty()) {
            location.setProject(
                    place.projectId().equals(project.getId())
                            ? project
                            : Location.Project.newBuilder()
                                    .setId(place.projectId())
                                    .build());
        }
        return location.build();
    }
}
