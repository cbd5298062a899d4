package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcResponse;

/** A whole list as it was at one time: every resource that one scope saw, ordered by ID. Immutable, shared by all who read it. */
public final class Snapshot {
    private static final int LARGEST_KEPT_REQUEST = 4096;

    private final List<Message> resources;
    private final Instant asOf;
    private final long bytes;
    private volatile @Nullable Map<String, Message> byId;
    private volatile @Nullable Answered answered;

    /** A request and what it is answered. */
    private record Answered(Message request, RpcResponse response) {}

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

    /**
     * The answer to a request into which nothing goes but this list. It is kept while the same request comes again and again: most
     * clients ask for the same, and making and encoding the answer is most of the work.
     */
    RpcResponse response(Message request, Supplier<RpcResponse> make) {
        Answered last = answered;
        if (last != null && last.request().equals(request)) {
            return last.response();
        }
        RpcResponse response = make.get();
        if (request.getSerializedSize() <= LARGEST_KEPT_REQUEST) {
            answered = new Answered(request, response);
        }
        return response;
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
