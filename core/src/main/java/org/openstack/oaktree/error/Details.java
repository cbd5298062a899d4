package org.openstack.oaktree.error;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the facts of an error as {@code google.rpc} details.
 *
 * <p>They travel in an HTTP/2 trailer, and clients refuse trailers above some 8 KiB: so the texts are cut, evenly, until all fits.
 */
final class Details {
    static final int MAX_BYTES = 4096;
    static final int MAX_MESSAGE_BYTES = 1024;

    /** Of each list of violations, so that the shortest cut always fits. */
    private static final int MAX_VIOLATIONS = 10;

    private static final int LONGEST_TEXT = 1024;
    private static final int SHORTEST_TEXT = 16;

    private Details() {}

    static List<Message> of(Facts facts) {
        int longest = LONGEST_TEXT;
        List<Message> details = write(facts, longest);
        while (size(details) > MAX_BYTES && longest > SHORTEST_TEXT) {
            longest /= 2;
            details = write(facts, longest);
        }
        return details;
    }

    private static int size(List<Message> details) {
        // Each travels in an Any: its type's name and some bytes of framing come to it.
        return details.stream()
                .mapToInt(detail -> detail.getSerializedSize()
                        + detail.getDescriptorForType().getFullName().length()
                        + 32)
                .sum();
    }

    private static List<Message> write(Facts facts, int longest) {
        List<Message> details = new ArrayList<>();
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder().setReason(Reasons.text(facts.reason())).setDomain(Reasons.DOMAIN);
        facts.metadata().forEach((key, value) -> info.putMetadata(key, Texts.cut(value, longest)));
        details.add(info.build());
        facts.retryAfter()
                .ifPresent(delay -> details.add(RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromMillis(Math.max(0, delay.toMillis())))
                        .build()));
        facts.resource()
                .ifPresent(resource -> details.add(ResourceInfo.newBuilder()
                        .setResourceType(Texts.cut(resource.type(), longest))
                        .setResourceName(Texts.cut(resource.name(), longest))
                        .build()));
        if (!facts.fields().isEmpty()) {
            BadRequest.Builder bad = BadRequest.newBuilder();
            facts.fields().stream()
                    .limit(MAX_VIOLATIONS)
                    .forEach(field -> bad.addFieldViolationsBuilder()
                            .setField(Texts.cut(field.path(), longest))
                            .setDescription(Texts.cut(field.description(), longest)));
            details.add(bad.build());
        }
        if (!facts.quotas().isEmpty()) {
            QuotaFailure.Builder quotas = QuotaFailure.newBuilder();
            facts.quotas().stream()
                    .limit(MAX_VIOLATIONS)
                    .forEach(quota -> quotas.addViolationsBuilder()
                            .setSubject(Texts.cut(quota.subject(), longest))
                            .setDescription(Texts.cut(quota.description(), longest)));
            details.add(quotas.build());
        }
        if (!facts.preconditions().isEmpty()) {
            PreconditionFailure.Builder failure = PreconditionFailure.newBuilder();
            facts.preconditions().stream()
                    .limit(MAX_VIOLATIONS)
                    .forEach(one -> failure.addViolationsBuilder()
                            .setType(Texts.cut(one.type(), longest))
                            .setSubject(Texts.cut(one.subject(), longest))
                            .setDescription(Texts.cut(one.description(), longest)));
            details.add(failure.build());
        }
        return List.copyOf(details);
    }
}
