package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openstack.oaktree.call.Fork;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.resource.query.ResourceCondition;
import org.openstack.oaktree.rest.v1.PartOf;
import org.openstack.oaktree.v1.Location;

/**
 * Which resources a project may call by their names: its own and those shared with it. Clouds show administrators those of all projects
 * in the same lists. Safe for use by many threads.
 */
final class Sharing {
    private final Lists lists;

    Sharing(Lists lists) {
        this.lists = lists;
    }

    /**
     * Those of the resources that are the project's own or shared with it, in their order. What a resource does not say of itself is
     * asked of the cloud, of other projects' resources only.
     *
     * @param notBefore earliest acceptable begin of a fetch
     */
    List<Message> visible(Cloud cloud, ResourceType type, List<Message> resources, Instant notBefore) {
        List<Message> doubtful = resources.stream()
                .filter(resource -> !isPlain(cloud, type, resource))
                .toList();
        if (doubtful.isEmpty()) {
            return resources;
        }
        List<Message> visible = new ArrayList<>(resources);
        visible.removeAll(doubtful);
        visible.addAll(shared(cloud, type, doubtful, notBefore));
        return resources.stream().filter(visible::contains).toList();
    }

    /** Whether the resource itself says that it is the project's own or shared with it. */
    private static boolean isPlain(Cloud cloud, ResourceType type, Message resource) {
        String shared = type.options().getShared();
        String owner =
                ((Location) resource.getField(type.location())).getProject().getId();
        return shared.isEmpty()
                || owner.isEmpty()
                || owner.equals(cloud.project().getId())
                || new ResourceCondition(shared).holds(resource);
    }

    private List<Message> shared(Cloud cloud, ResourceType type, List<Message> resources, Instant notBefore) {
        if (type.options().hasMembers()) {
            ResourceCondition maybe =
                    new ResourceCondition(type.options().getMembers().getWhen());
            List<Message> asked = resources.stream().filter(maybe::holds).toList();
            List<Boolean> answers = Fork.all(asked, resource -> lists.isMember(cloud, type, resource, notBefore));
            return asked.stream()
                    .filter(resource -> answers.get(asked.indexOf(resource)))
                    .toList();
        }
        return type.options().hasPartOf() ? partsOfShared(cloud, type, resources) : List.of();
    }

    /** What a resource is a part of does not change: its list is as old as usual. */
    private List<Message> partsOfShared(Cloud cloud, ResourceType type, List<Message> resources) {
        PartOf part = type.options().getPartOf();
        ResourceType other = lists.type(part.getMessage());
        Instant usual = Lists.usual(cloud, other);
        List<String> ids = resources.stream()
                .map(resource -> whole(resource, part))
                .distinct()
                .toList();
        List<Message> wholes = wholes(cloud, other, ids, usual);
        List<String> shared =
                visible(cloud, other, wholes, usual).stream().map(other::id).toList();
        return resources.stream()
                .filter(resource -> shared.contains(whole(resource, part)))
                .toList();
    }

    /** Of several, one list costs the cloud less. What a kept list does not know may be new. */
    private List<Message> wholes(Cloud cloud, ResourceType type, List<String> ids, Instant usual) {
        Instant asked = Instant.now();
        Snapshot kept = lists.kept(cloud, type, List.of(), usual);
        List<Message> known = kept == null ? List.of() : among(kept, type, ids);
        if (known.size() == ids.size()) {
            return known;
        }
        return among(
                ids.size() == 1
                        ? lists.single(cloud, type, ids.getFirst(), usual)
                        : lists.get(cloud, type, List.of(), asked),
                type,
                ids);
    }

    private static List<Message> among(Snapshot list, ResourceType type, List<String> ids) {
        return ids.stream()
                .map(id -> list.byId(id, type::id))
                .filter(Objects::nonNull)
                .toList();
    }

    private static String whole(Message resource, PartOf part) {
        return resource.getField(
                        Objects.requireNonNull(resource.getDescriptorForType().findFieldByName(part.getField())))
                .toString();
    }
}
