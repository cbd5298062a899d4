package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.Fork;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Polls.Follower;
import org.openstack.oaktree.resource.json.Times;

/** A regular WaitFor: streams a resource, as it is and whenever it changes, until it is as the declaration says. */
final class WaitMethod implements RpcMethod {
    /** Twice that is less than the 20 s that a stream may be silent. */
    private static final Duration HEARTBEAT = Waiting.LONGEST_SILENCE;

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final References references;
    private final Waiting waiting;
    private final Ending ending;
    private final Completion completion;
    private final Followup followup;

    WaitMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            References references,
            Waiting waiting,
            Ending ending,
            Additions additions) {
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.references = references;
        this.waiting = waiting;
        this.ending = ending;
        this.completion = additions.completion();
        this.followup = additions.followup();
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        String nameOrId = Requests.nameOrId(request);
        Cloud cloud = clouds.one(Requests.zoneless(request));
        Instant until = Waiting.until(request);
        if (!followup.isWanted(request)) {
            ready(cloud, nameOrId, until, new Teller(cloud, request, responses));
            return;
        }
        try (Followup.Task task = followup.begin(references.resolve(cloud, request))) {
            Teller teller = new Teller(cloud, request, responses);
            String id = ready(cloud, nameOrId, until, teller);
            Fork.beside(() -> task.follow(cloud, id, until), HEARTBEAT, () -> teller.beat(id, until));
            teller.look(id, until);
        }
    }

    /** Its ID when it is ready. */
    private String ready(Cloud cloud, String nameOrId, Instant until, Teller teller) {
        // One poll for both: what it has read to find the resource is the first that is told of it.
        try (Follower _ = waiting.follow(cloud, type)) {
            String id = type.id(waiting.find(cloud, type, nameOrId, until));
            waiting.await(cloud, type, id, ending, Lists.usual(cloud, type), until, teller::tell);
            return id;
        }
    }

    /** Tells one caller what is new to him. */
    private final class Teller {
        private final Cloud cloud;
        private final Message request;
        private final Consumer<? super RpcResponse> responses;
        private @Nullable Message raw;
        private @Nullable Message told;
        private Instant toldOf = Instant.EPOCH;
        private Instant sentAt = Instant.EPOCH;

        Teller(Cloud cloud, Message request, Consumer<? super RpcResponse> responses) {
            this.cloud = cloud;
            this.request = request;
            this.responses = responses;
        }

        void tell(Message resource, Instant asOf) {
            boolean changed = !resource.equals(raw);
            if (!changed && Duration.between(sentAt, Instant.now()).compareTo(HEARTBEAT) < 0) {
                return;
            }
            if (changed) {
                raw = resource;
                told = completed(resource, asOf);
            }
            send(asOf);
        }

        /** Shows him that the call goes on; how the resource is now if the cloud says that at once, else how it was. */
        void beat(String id, Instant until) {
            Instant patience = Instant.now().plus(LONGEST_LOOK);
            try {
                look(id, patience.isBefore(until) ? patience : until);
            } catch (OaktreeException e) {
                // What keeps the call from its end is what it is told.
                send(toldOf);
            }
        }

        /** Tells him how it is now, whether that is new or not. */
        void look(String id, Instant deadline) {
            Snapshot now = Call.current().withDeadline(deadline).<Snapshot, RuntimeException>run(() -> {
                Snapshot seen = lists.single(cloud, type, id, Instant.now());
                if (seen.resources().isEmpty()) {
                    throw Waiting.gone(cloud, type, id);
                }
                Message fresh = seen.resources().getFirst();
                told = completed(fresh, seen.asOf());
                raw = fresh;
                return seen;
            });
            send(now.asOf());
        }

        private void send(Instant asOf) {
            toldOf = asOf;
            sentAt = Instant.now();
            responses.accept(RpcResponse.of(response.newBuilderForType()
                    .setField(Requests.field(response, 1), Objects.requireNonNull(told))
                    .setField(Requests.field(response, 3), Times.timestamp(asOf))
                    .build()));
        }

        private Message completed(Message resource, Instant asOf) {
            if (!completion.isWanted(request)) {
                return resource;
            }
            Snapshot one = new Snapshot(List.of(resource), type::id, asOf);
            return completion.complete(cloud, one, asOf).resources().getFirst();
        }
    }
}
