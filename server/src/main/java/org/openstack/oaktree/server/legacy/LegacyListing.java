package org.openstack.oaktree.server.legacy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.openstack.oaktree.DefaultInstances;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.legacy.Filter;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Query;
import org.openstack.oaktree.v1.Unreachable;

/**
 * The resources of one kind as the API of 2016 shows them: found by today's List, translated, filtered.
 *
 * @param <T> today's resource
 * @param <L> that of 2016
 */
final class LegacyListing<T extends Message, L extends Message> {
    private static final int PAGE_SIZE = 1000;
    private static final int CANDIDATES_NAMED = 10;

    private final RpcMethod list;
    private final Class<T> today;
    private final Function<T, L> translation;
    private final Descriptor type;

    /**
     * @param list today's List of the resource
     * @param type of the messages that the translation makes
     */
    LegacyListing(RpcMethod list, Class<T> today, Function<T, L> translation, Descriptor type) {
        this.list = list;
        this.today = today;
        this.translation = translation;
        this.type = type;
    }

    /** All that match. */
    List<L> all(Filter filter) {
        LegacyQuery query = new LegacyQuery(filter, type);
        return query.apply(everything(filter).stream().map(translation).toList());
    }

    /** The one that matches. */
    L one(Filter filter) {
        List<L> found = all(filter);
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 ->
                throw OaktreeException.of(
                                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                                "no " + type.getName() + " matches the filter")
                        .resource(type.getFullName(), filter.getNameOrId())
                        .build();
            default -> throw ambiguous(filter, found);
        };
    }

    private OaktreeException ambiguous(Filter filter, List<L> found) {
        FieldDescriptor id = type.findFieldByName("id");
        OaktreeException.Builder error = OaktreeException.of(
                        ErrorReason.ERROR_REASON_AMBIGUOUS_NAME,
                        found.size() + " resources of type " + type.getName()
                                + " match the filter; name_or_id takes an ID")
                .resource(type.getFullName(), filter.getNameOrId());
        for (L candidate : found.subList(0, Math.min(CANDIDATES_NAMED, found.size()))) {
            error.precondition("AMBIGUOUS_NAME", candidate.getField(id).toString(), type.getName());
        }
        return error.build();
    }

    /** Every page. The fields have these numbers in every List. */
    private List<T> everything(Filter filter) {
        Descriptor request = list.descriptor().getInputType();
        Descriptor response = list.descriptor().getOutputType();
        FieldDescriptor token = request.findFieldByNumber(4);
        Message.Builder page = DefaultInstances.of(request)
                .newBuilderForType()
                .setField(request.findFieldByNumber(1), Places.today(filter.getLocation()))
                .setField(
                        request.findFieldByNumber(2),
                        Query.newBuilder().setNameOrId(filter.getNameOrId()).build())
                .setField(request.findFieldByNumber(3), PAGE_SIZE);
        List<T> resources = new ArrayList<>();
        do {
            List<Message> answers = new ArrayList<>(1);
            list.invoke(page.build(), answered -> answers.add(answered.message()));
            Message answer = answers.getFirst();
            refuseUnlessWhole((List<?>) answer.getField(response.findFieldByNumber(4)));
            ((List<?>) answer.getField(response.findFieldByNumber(1)))
                    .forEach(resource -> resources.add(today.cast(resource)));
            page.setField(token, answer.getField(response.findFieldByNumber(2)));
        } while (!page.getField(token).equals(""));
        return resources;
    }

    /** The lists of 2016 cannot say that a part is missing: better none than one that looks whole. */
    private static void refuseUnlessWhole(List<?> unreachable) {
        if (!unreachable.isEmpty()) {
            Unreachable place = (Unreachable) unreachable.getFirst();
            throw OaktreeException.of(reason(place.getReason()), place.getMessage())
                    .place(place.getLocation().getCloud(), place.getLocation().getRegion())
                    .build();
        }
    }

    private static ErrorReason reason(String text) {
        for (ErrorReason reason : ErrorReason.values()) {
            if (reason.name().equals("ERROR_REASON_" + text)) {
                return reason;
            }
        }
        return ErrorReason.ERROR_REASON_CLOUD_UNREACHABLE;
    }
}
