package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.UnreadableAnswerException;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.rest.v1.Wait;
import org.openstack.oaktree.v1.ErrorReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates resources into which the request_id is written, for classes of irregular ones: once, however often the request comes, and
 * removed again when they fail while they are waited for. Safe for use by many threads.
 */
public final class Creation {
    private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

    private final CloudDirectory clouds;
    private final ResourceType type;
    private final Lists lists;
    private final References references;
    private final Waiting waiting;
    private final String operation;
    private final Ending ending;
    private final ResourceAccess access;

    Creation(CloudDirectory clouds, ResourceType type, Lists lists, References references, Waiting waiting) {
        this.clouds = clouds;
        this.type = type;
        this.lists = lists;
        this.references = references;
        this.waiting = waiting;
        this.access = new ResourceAccess(clouds, type, lists, references, waiting);
        this.operation = "Create" + type.noun();
        Wait wait = type.service()
                .findMethodByName(operation)
                .getOptions()
                .getExtension(Rest.method)
                .getWait();
        this.ending = new Ending(wait, type);
    }

    /**
     * What became of a request.
     *
     * @param cloud where
     * @param request with IDs for all references
     * @param resource as the cloud shows it
     * @param isNew false: an earlier call with the same request_id made it
     * @param answer members of the cloud's answer to the POST; empty: there was none
     * @param asOf when the resource was so
     */
    public record Created(
            Cloud cloud,
            Message request,
            Message resource,
            boolean isNew,
            Map<String, @Nullable Object> answer,
            Instant asOf) {}

    /** Takes away what a call made and that failed while it was waited for. */
    @FunctionalInterface
    public interface Undoing {
        /**
         * Takes it away.
         *
         * @param request whose references are IDs
         * @param id of what the call made
         * @return the same failure, told with what became of it
         */
        OaktreeException undone(Cloud cloud, Message request, String id, OaktreeException failure);
    }

    /**
     * Creates it, and waits for it if the request asks for that.
     *
     * @param more adds to the draft what the declaration does not say; not called when an earlier call made it
     */
    public Created create(Message request, Consumer<Draft> more) {
        return create(request, more, (cloud, resolved, id, failure) -> access.undone(cloud, id, operation, failure));
    }

    /**
     * The same, for what is not taken away by deleting it alone.
     *
     * @param undoing takes away what fails
     */
    public Created create(Message request, Consumer<Draft> more, Undoing undoing) {
        Requests.checkCreate(request, type);
        Cloud cloud = clouds.one(Requests.location(request));
        Instant until = Waiting.until(request);
        Message resolved = references.resolve(cloud, request);
        Created created = once(cloud, request, resolved, more);
        return Waiting.isAsked(request)
                ? ready(created, until, (id, failure) -> undoing.undone(cloud, resolved, id, failure))
                : created;
    }

    private Created once(Cloud cloud, Message request, Message resolved, Consumer<Draft> more) {
        Service service = cloud.session().service(type.options().getServiceType());
        Draft draft = new Draft(cloud, type, service, resolved);
        String id = Requests.requestId(request);
        if (id.isEmpty()) {
            RequestMark.sign(type, draft, request);
            more.accept(draft);
            return make(cloud, service, draft);
        }
        RequestMark mark = RequestMark.of(type, draft, request);
        return access.inTurn(cloud, id, () -> {
            Message earlier = mark.earlier(cloud, lists);
            if (earlier != null) {
                return new Created(cloud, resolved, earlier, false, Map.of(), Instant.now());
            }
            mark.write(draft.members());
            more.accept(draft);
            return make(cloud, service, draft);
        });
    }

    private Created make(Cloud cloud, Service service, Draft draft) {
        Map<String, @Nullable Object> answer;
        try {
            answer =
                    service.send(draft.post(operation), got -> answer(got.body().readAllBytes()));
        } catch (OaktreeException e) {
            if (e.httpStatus() == 400) {
                // What it was made from may not be there any more as some list says.
                references.forget(cloud, type, draft.request());
            }
            throw e;
        } finally {
            lists.wrote(cloud, type);
        }
        String id = String.valueOf(answer.get("id"));
        Snapshot shown = shown(cloud, id);
        return new Created(cloud, draft.request(), shown.resources().getFirst(), true, answer, shown.asOf());
    }

    /** As the cloud shows it; that it cannot be shown now must not look as if it had not been made. */
    private Snapshot shown(Cloud cloud, String id) {
        Instant accepted = Instant.now();
        try {
            Snapshot shown = lists.single(cloud, type, id, accepted);
            if (!shown.resources().isEmpty()) {
                return shown;
            }
        } catch (OaktreeException e) {
            LOG.warn("The new {} {} cannot be looked at: {}", type.words(), id, e.getMessage());
        }
        return new Snapshot(List.of(access.accepted(cloud, id)), type::id, accepted);
    }

    @SuppressWarnings("unchecked") // JSON objects have texts for keys.
    private Map<String, @Nullable Object> answer(byte[] body) {
        Object document = JsonTree.read(body);
        Object inside =
                document instanceof Map<?, ?> map ? map.get(type.options().getSingular()) : null;
        if (inside instanceof Map<?, ?> members && members.get("id") instanceof String) {
            return (Map<String, @Nullable Object>) members;
        }
        throw new UnreadableAnswerException("holds no `" + type.options().getSingular() + "` with an ID");
    }

    /**
     * It when it is as the declaration of its Create says. What a call made and that fails is deleted again.
     *
     * @throws OaktreeException WAIT_TIMED_OUT; RESOURCE_NOT_FOUND when it is gone; NO_CAPACITY, QUOTA_EXCEEDED, RESOURCE_FAILED
     */
    public Created ready(Created created, Instant until) {
        return ready(created, until, (id, failure) -> access.undone(created.cloud(), id, operation, failure));
    }

    private Created ready(
            Created created, Instant until, BiFunction<String, OaktreeException, OaktreeException> undone) {
        Cloud cloud = created.cloud();
        String id = type.id(created.resource());
        Instant[] asOf = {created.asOf()};
        try {
            Message ready =
                    waiting.await(cloud, type, id, ending, created.asOf(), until, (resource, seen) -> asOf[0] = seen);
            return new Created(
                    cloud,
                    created.request(),
                    ready == null ? created.resource() : ready,
                    created.isNew(),
                    created.answer(),
                    asOf[0]);
        } catch (OaktreeException e) {
            if (!created.isNew() || !ResourceAccess.hasFailed(e)) {
                boolean saysIt = e.reason() == ErrorReason.ERROR_REASON_WAIT_TIMED_OUT
                        || e.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
                throw saysIt
                        ? e
                        : e.toBuilder()
                                .message(e.getMessage() + " " + type.words() + " " + id + " stays.")
                                .build();
            }
            throw undone.apply(id, e);
        }
    }
}
