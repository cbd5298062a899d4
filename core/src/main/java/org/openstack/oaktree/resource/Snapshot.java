package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A whole list as it was at one time: every resource that one scope saw, ordered by ID. Immutable, shared by all who read it. */
public final class Snapshot {
    private final List<Message> resources;
    private final Instant asOf;
    private final long bytes;
    private volatile @Nullable Map<String, Message> byId;

    /**
     * A list.
     *
     * @param resources each at most once
     * @param id of a resource
     * @param asOf when its fetch began: everything that was so then shows in it
     */
    public Snapshot(List<? extends Message> resources, Function<Message, String> id, Instant asOf) {
        this.resources = resources.stream()
                .<Message>map(resource -> resource)
                .sorted(Comparator.comparing(id))
                .toList();
        this.asOf = asOf;
        this.bytes = resources.stream().mapToLong(Message::getSerializedSize).sum();
    }

    /** Its resources, ordered by ID. */
    public List<Message> resources() {
        return resources;
    }

    /** Its resources in their own type. */
    @SuppressWarnings("unchecked") // The caller names the message that the list was fetched for.
    public <M extends Message> List<M> resources(Class<M> type) {
        if (!resources.isEmpty() && !type.isInstance(resources.getFirst())) {
            throw new ClassCastException("the list is not of " + type.getName());
        }
        return (List<M>) resources;
    }

    /** When its fetch began. */
    public Instant asOf() {
        return asOf;
    }

    /** About how much memory it takes. */
    long bytes() {
        return bytes;
    }

    /** The resource with that ID, or null. */
    @Nullable
    Message byId(String id, Function<Message, String> idOf) {
        Map<String, Message> index = byId;
        if (index == null) {
            index = new HashMap<>();
            for (Message resource : resources) {
                index.put(idOf.apply(resource), resource);
            }
            byId = index;
        }
        return index.get(id);
    }
}
