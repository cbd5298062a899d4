package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.call.Fork;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.cloud.Place;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Unreachable;

/** A regular List: every wanted resource of every asked place, page by page. */
final class ListMethod implements RpcMethod {
    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final Completion completion;

    ListMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            Completion completion) {
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.completion = completion;
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    /** What one place answered: its list, or why there is none. */
    private sealed interface Part {
        record Whole(Snapshot list, Duration maxAge) implements Part {}

        record Missing(Location where, OaktreeException failure) implements Part {}
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        Location where = Requests.location(request);
        Requests.checkZone(request, type);
        Listing listing = new Listing(request, response, type.id(), type.name());
        List<Place> places = clouds.all(where);
        if (listing.from().place() >= Math.max(1, places.size())) {
            throw OaktreeException.invalidField(
                    "page_token", "leads past the last place: the configuration changed, begin anew");
        }
        responses.accept(
                places.size() == 1
                        ? ofOne(request, listing, places.getFirst(), where)
                        : RpcResponse.of(ofSeveral(request, listing, places, where)));
    }

    private RpcResponse ofOne(Message request, Listing listing, Place place, Location where) {
        return switch (part(request, place, listing.begun())) {
            case Part.Whole part ->
                part.list().response(request, () -> {
                    if (listing.from().equals(PageToken.FIRST)) {
                        // The answer is kept for others: its token says of the list how old it may be, not of who asked
                        // first.
                        listing.begun(part.list().asOf().plus(part.maxAge()));
                    }
                    add(listing, 0, part, where);
                    return RpcResponse.of(listing.answer());
                });
            case Part.Missing part -> throw part.failure();
        };
    }

    private Message ofSeveral(Message request, Listing listing, List<Place> places, Location where) {
        int first = listing.from().place();
        List<Part> parts = new ArrayList<>();
        for (List<Place> batch : batches(places, listing.from())) {
            if (listing.isFull()) {
                break;
            }
            List<Part> fetched = Fork.all(batch, place -> part(request, place, listing.begun()));
            for (int i = 0; i < fetched.size() && !listing.isFull(); i++) {
                add(listing, first + parts.size() + i, fetched.get(i), where);
            }
            parts.addAll(fetched);
        }
        if (parts.size() == places.size()) {
            refuseIfNoneIsWhole(parts);
        }
        return listing.answer();
    }

    /**
     * The places of this page and those behind it, by when they are asked: at the same time, but for a page in the middle, which is mostly
     * filled by the place that it begins in. What the first page has fetched is kept for the others.
     */
    private static List<List<Place>> batches(List<Place> places, PageToken from) {
        List<Place> left = places.subList(from.place(), places.size());
        return from.equals(PageToken.FIRST) ? List.of(left) : List.of(left.subList(0, 1), left.subList(1, left.size()));
    }

    private static void refuseIfNoneIsWhole(List<Part> parts) {
        if (!parts.isEmpty()
                && parts.stream().allMatch(Part.Missing.class::isInstance)
                && parts.getFirst() instanceof Part.Missing missing) {
            throw missing.failure();
        }
    }

    private void add(Listing listing, int place, Part fetched, Location where) {
        switch (fetched) {
            case Part.Whole part ->
                listing.add(
                        inZone(part.list().resources(), where),
                        place,
                        part.list().asOf());
            case Part.Missing part -> listing.add(unreachable(part.where(), part.failure()));
        }
    }

    private Part part(Message request, Place place, Instant begun) {
        Location where = place.location();
        try {
            Cloud cloud = place.open();
            where = cloud.region();
            Duration maxAge = Requests.maxAge(request, cloud, type);
            Instant notBefore = Lists.notBefore(begun, maxAge);
            Snapshot list = lists.get(cloud, type, Requests.arguments(request), notBefore);
            return new Part.Whole(
                    completion.isWanted(request) ? completion.complete(cloud, list, notBefore) : list, maxAge);
        } catch (OaktreeException e) {
            if (e.reason() == ErrorReason.ERROR_REASON_INVALID_FIELD) {
                // It is not the place that is wrong.
                throw e;
            }
            return new Part.Missing(where, e);
        }
    }

    private List<Message> inZone(List<Message> resources, Location where) {
        if (where.getZone().isEmpty()) {
            return resources;
        }
        return resources.stream()
                .filter(resource -> ((Location) resource.getField(type.location()))
                        .getZone()
                        .equals(where.getZone()))
                .toList();
    }

    private static Unreachable unreachable(Location where, OaktreeException failure) {
        return Unreachable.newBuilder()
                .setLocation(where)
                .setCode(failure.code().getNumber())
                .setReason(failure.reason().name().substring("ERROR_REASON_".length()))
                .setMessage(failure.getMessage())
                .build();
    }
}
