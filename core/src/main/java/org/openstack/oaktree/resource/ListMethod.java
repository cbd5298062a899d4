package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        record Whole(Snapshot list) implements Part {}

        record Missing(Location where, OaktreeException failure) implements Part {}
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        Location where = Requests.location(request);
        if (!where.getZone().isEmpty() && type.options().getZone().isEmpty()) {
            throw Requests.invalid("location.zone", "must be empty: " + type.words() + "s have no zone");
        }
        Listing listing = new Listing(request, response, type.id(), type.name());
        List<Place> places = clouds.all(where);
        int first = listing.from().place();
        if (first >= Math.max(1, places.size())) {
            throw Requests.invalid("page_token", "leads past the last place: the configuration changed, begin anew");
        }
        List<Part> parts = parts(request, places.subList(first, places.size()), listing.from());
        if (parts.size() == places.size()) {
            refuseIfNoneIsWhole(parts);
        }
        Supplier<RpcResponse> answer = () -> RpcResponse.of(answer(listing, parts, where));
        responses.accept(
                places.size() == 1 && parts.getFirst() instanceof Part.Whole only
                        ? only.list().response(request, answer)
                        : answer.get());
    }

    private static void refuseIfNoneIsWhole(List<Part> parts) {
        if (!parts.isEmpty()
                && parts.stream().allMatch(Part.Missing.class::isInstance)
                && parts.getFirst() instanceof Part.Missing missing) {
            throw missing.failure();
        }
    }

    private Message answer(Listing listing, List<Part> parts, Location where) {
        int first = listing.from().place();
        for (int i = 0; i < parts.size() && !listing.isFull(); i++) {
            switch (parts.get(i)) {
                case Part.Whole part ->
                    listing.add(
                            inZone(part.list().resources(), where),
                            first + i,
                            part.list().asOf());
                case Part.Missing part -> listing.add(unreachable(part.where(), part.failure()));
            }
        }
        return listing.answer();
    }

    /** The lists of all places; those of several are fetched at the same time. */
    private List<Part> parts(Message request, List<Place> places, PageToken from) {
        if (places.size() == 1) {
            return List.of(part(request, places.getFirst(), from));
        }
        Place first = places.isEmpty() ? null : places.getFirst();
        return Fork.all(places, place -> part(request, place, place.equals(first) ? from : PageToken.FIRST));
    }

    private Part part(Message request, Place place, PageToken from) {
        Location where = place.location();
        try {
            Cloud cloud = place.open();
            where = cloud.region();
            Instant notBefore = from.lastId().isEmpty() ? Requests.notBefore(request, cloud, type) : from.asOf();
            Snapshot list = lists.get(cloud, type, Requests.arguments(request), notBefore);
            return new Part.Whole(completion.isWanted(request) ? completion.complete(cloud, list, notBefore) : list);
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
