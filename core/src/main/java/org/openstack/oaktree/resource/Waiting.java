package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Polls.Follower;
import org.openstack.oaktree.v1.ErrorReason;

/** Waits for one resource on the shared poll of its list. Changes nothing. Safe for use by many threads. */
final class Waiting {
    private static final int WAIT = 4;
    private static final int TIMEOUT = 5;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);
    /** What is left of a call when its wait ends, so that the answer can still say so. */
    private static final Duration RESERVE = Duration.ofSeconds(1);
    /** Clouds of several nodes may forget a resource for a moment after it was made. */
    private static final Duration FORGETFUL = Duration.ofSeconds(5);

    /** How long whoever watches a wait hears nothing, when the cloud does not answer. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(9);

    private final Lists lists;
    private final Polls polls;
    private final Lookup lookup;

    Waiting(Lists lists, Lookup lookup) {
        this.lists = lists;
        this.polls = new Polls(lists);
        this.lookup = lookup;
    }

    /** Whether the request asks for a wait. */
    static boolean isAsked(Message request) {
        FieldDescriptor wait = request.getDescriptorForType().findFieldByNumber(WAIT);
        return wait != null && Boolean.TRUE.equals(request.getField(wait));
    }

    /** When the wait that the request asks for is over. */
    static Instant until(Message request) {
        return until(request, DEFAULT_TIMEOUT);
    }

    /** When the wait that the request asks for is over; with another timeout when it says none. */
    static Instant until(Message request, Duration otherwise) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByNumber(TIMEOUT);
        Duration timeout = otherwise;
        if (field != null && request.hasField(field)) {
            com.google.protobuf.Duration asked = (com.google.protobuf.Duration) request.getField(field);
            if (!Durations.isValid(asked) || !Durations.isPositive(asked)) {
                throw OaktreeException.invalidField("timeout", "must be a time of more than zero");
            }
            timeout = Duration.ofSeconds(asked.getSeconds(), asked.getNanos());
        }
        Instant now = Instant.now();
        Duration most = Call.current().remaining().minus(RESERVE);
        return now.plus(timeout.compareTo(most) < 0 ? timeout : most);
    }

    /** Keeps the poll of the list going until closed. */
    Follower follow(Cloud cloud, ResourceType type) {
        return polls.follow(cloud, type);
    }

    /** The resource by its name or ID; one that was made a moment ago is waited for. */
    Message find(Cloud cloud, ResourceType type, String nameOrId, Instant until) {
        Instant patience = Instant.now().plus(FORGETFUL);
        try (Follower follower = polls.follow(cloud, type)) {
            Instant seen = lists.notBefore(cloud, type, Lists.usual(cloud, type));
            while (true) {
                Snapshot list = follower.after(seen, until);
                try {
                    return lookup.find(cloud, type, nameOrId, List.of(), Lists.usual(cloud, type))
                            .resource();
                } catch (OaktreeException e) {
                    boolean absent = e.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
                    if (!absent || list == null || Instant.now().isAfter(patience)) {
                        throw e;
                    }
                    seen = list.asOf();
                }
            }
        } catch (InterruptedException e) {
            throw cancelled();
        }
    }

    /**
     * Waits until the resource is as the ending says.
     *
     * @param after what was so before does not count
     * @param seen is shown every state of the resource, with its time; the last one again while the cloud does not answer
     * @return the resource at the end; null when it is gone and that was waited for
     * @throws OaktreeException WAIT_TIMED_OUT; RESOURCE_NOT_FOUND when it is gone; NO_CAPACITY, QUOTA_EXCEEDED, RESOURCE_FAILED
     */
    @Nullable
    Message await(
            Cloud cloud,
            ResourceType type,
            String id,
            Ending ending,
            Instant after,
            Instant until,
            BiConsumer<Message, Instant> seen) {
        // The poll may have read the list before this caller's own last write.
        Instant newest = lists.notBefore(cloud, type, after);
        Instant present = Instant.now();
        @Nullable Message last = null;
        try (Follower follower = polls.follow(cloud, type)) {
            while (true) {
                Instant silent = Instant.now().plus(LONGEST_SILENCE);
                Snapshot list = follower.after(newest, silent.isBefore(until) ? silent : until);
                if (list == null) {
                    if (!Instant.now().isBefore(until)) {
                        throw timedOut(cloud, type, id);
                    }
                    if (last != null) {
                        seen.accept(last, newest);
                    }
                    continue;
                }
                newest = list.asOf();
                Message resource = list.byId(id, type::id);
                last = resource;
                if (resource != null) {
                    present = newest;
                    seen.accept(resource, newest);
                    if (ending.isReached(cloud, resource)) {
                        return resource;
                    }
                } else if (ending.byAbsence()) {
                    return null;
                } else if (Duration.between(present, newest).compareTo(FORGETFUL) > 0) {
                    throw gone(cloud, type, id);
                }
            }
        } catch (InterruptedException e) {
            throw cancelled();
        }
    }

    private static CancellationException cancelled() {
        Thread.currentThread().interrupt();
        return new CancellationException("the call ended");
    }

    private static OaktreeException timedOut(Cloud cloud, ResourceType type, String id) {
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_WAIT_TIMED_OUT,
                        "the wait for " + type.words() + " " + id
                                + " ended before it was ready; the cloud goes on: wait again, or look later")
                .resource(type.message(), id)
                .build();
    }

    static OaktreeException gone(Cloud cloud, ResourceType type, String id) {
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                        type.words() + " " + id + " is gone: it was deleted while it was waited for")
                .resource(type.message(), id)
                .build();
    }
}
