package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.rest.Reader;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.rest.v1.Wait;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * What the engine can do with the resources of one type, for classes that answer irregular calls about them. Safe for use by many
 * threads.
 */
public final class ResourceAccess {
    private static final int PROPERTIES = 99;

    private final CloudDirectory clouds;
    private final ResourceType type;
    private final Lists lists;
    private final References references;
    private final Waiting waiting;
    /** Repeats that meet in this process take their turns; the later ones find what the first one made. */
    private final Turns turns = new Turns();

    ResourceAccess(CloudDirectory clouds, ResourceType type, Lists lists, References references, Waiting waiting) {
        this.clouds = clouds;
        this.type = type;
        this.lists = lists;
        this.references = references;
        this.waiting = waiting;
    }

    /**
     * Where a Create is to happen.
     *
     * @throws OaktreeException INVALID_FIELD when its name, request_id or zone cannot be; UNKNOWN_CLOUD and the like
     */
    public Cloud placeOfNew(Message request) {
        Requests.checkCreate(request, type);
        return clouds.one(Requests.location(request));
    }

    /** The one cloud that a request about something that is there is for; no zone has a meaning in it. */
    public Cloud cloud(Message request) {
        return clouds.one(Requests.zoneless(request));
    }

    /** Refuses a request that does not say what it is about, or says it in texts that the cloud cannot keep. */
    public void checkSubject(Message request) {
        Requests.nameOrId(request);
        Requests.checkTexts(request);
    }

    /**
     * The request with an ID in every field that points to another resource.
     *
     * @throws OaktreeException RESOURCE_NOT_FOUND, AMBIGUOUS_NAME, with the name of the field
     */
    public Message resolved(Cloud cloud, Message request) {
        return references.resolve(cloud, request);
    }

    /**
     * What the request is about, as the cloud knows it now.
     *
     * @throws OaktreeException RESOURCE_NOT_FOUND, AMBIGUOUS_NAME; INVALID_FIELD when it names nothing
     */
    public Message subject(Cloud cloud, Message request) {
        return references.find(cloud, type, Requests.nameOrId(request));
    }

    /**
     * When the wait that the request asks for is over.
     *
     * @throws OaktreeException INVALID_FIELD when its timeout cannot be
     */
    public Instant until(Message request) {
        return Waiting.until(request);
    }

    /**
     * When the work that the request asks for must be done: at its timeout, or just before the deadline of the call.
     *
     * @throws OaktreeException INVALID_FIELD when its timeout cannot be
     */
    public Instant end(Message request) {
        return Waiting.until(request, Duration.ofDays(1));
    }

    /**
     * Does the work when no other with that request_id is being done; at once when the ID is empty.
     *
     * @throws OaktreeException WAIT_TIMED_OUT when the other takes longer than the call may
     */
    public <T> T inTurn(Cloud cloud, String requestId, Supplier<T> work) {
        if (requestId.isEmpty()) {
            return work.get();
        }
        return turns.take(
                List.of(cloud.scope(), requestId),
                () -> error(
                                cloud,
                                ErrorReason.ERROR_REASON_WAIT_TIMED_OUT,
                                "another call with this request_id is still at work; repeat it later")
                        .build(),
                work);
    }

    /** Members of a resource's properties by which a repeat of the request finds it; none when it has no request_id. */
    public Map<String, String> mark(Message request) {
        String id = Requests.requestId(request);
        return id.isEmpty() ? Map.of() : Map.of(RequestMark.ID, id, RequestMark.HASH, RequestMark.hash(request));
    }

    /**
     * The resource that an earlier call with the same request_id made, as the cloud knows it now. One list, which the cloud narrows by
     * the property.
     *
     * @throws OaktreeException REQUEST_ID_REUSED when that call asked for something else
     */
    public Optional<Message> earlier(Cloud cloud, Message request) {
        String id = Requests.requestId(request);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        List<Param> narrowed = List.of(new Param(RequestMark.ID, id));
        for (Message resource : lists.get(cloud, type, narrowed, Instant.now()).resources()) {
            if (id.equals(property(resource, RequestMark.ID))) {
                checkRepeated(cloud, request, resource);
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a request that has the request_id of another one.
     *
     * @param resource what was made by the request_id
     * @throws OaktreeException REQUEST_ID_REUSED
     */
    public void checkRepeated(Cloud cloud, Message request, Message resource) {
        if (!RequestMark.hash(request).equals(property(resource, RequestMark.HASH))) {
            throw RequestMark.reused(cloud, type, Requests.requestId(request), type.id(resource));
        }
    }

    /** A text among what no field of the resource names; empty when it is not there. */
    public String property(Message resource, String name) {
        FieldDescriptor field = Requests.field(resource, PROPERTIES);
        Struct properties = Requests.part(resource, field, Struct.getDefaultInstance());
        return properties.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }

    /** The members that the request sends as they are. */
    public Map<String, @Nullable Object> properties(Message request) {
        return Draft.properties(request);
    }

    /** The resources of that name as the cloud knows them now; one list. */
    public List<Message> named(Cloud cloud, String name) {
        return lists.get(cloud, type, Lookup.narrowed(type, name, List.of()), Instant.now()).resources().stream()
                .filter(resource -> type.name(resource).equals(name))
                .toList();
    }

    /**
     * The request as the body of a POST.
     *
     * @throws OaktreeException INVALID_FIELD for properties that a field names
     */
    public Draft draft(Cloud cloud, Message request) {
        return new Draft(cloud, type, service(cloud), request);
    }

    /** Begins a request about one resource. */
    public Request.Builder request(String method, String id, String... further) {
        return Request.of(
                method,
                type.options().getPath() + Request.path(id) + (further.length == 0 ? "" : Request.path(further)));
    }

    /** Whether requests about these resources speak that microversion with this cloud. The first to ask costs one request. */
    public boolean speaks(Cloud cloud, String microversion) {
        return Draft.includes(Lists.microversion(service(cloud), type), microversion);
    }

    /** Earliest acceptable begin of a fetch for who takes an answer as old as the request, the configuration or the declaration says. */
    public Instant notBefore(Cloud cloud, Message request) {
        return Requests.notBefore(request, cloud, type);
    }

    /** Sends a request that changes nothing. */
    public <T> T read(Cloud cloud, Request request, Reader<T> reader) {
        return service(cloud).send(request, reader);
    }

    /** Sends a request that changes something. */
    public <T> T write(Cloud cloud, Request request, Reader<T> reader) {
        try {
            return service(cloud).send(request, reader);
        } finally {
            wrote(cloud);
        }
    }

    /** The resources as the cloud lists them now. */
    public List<? extends Message> list(Cloud cloud, Param... narrowed) {
        return lists.get(cloud, type, List.of(narrowed), Instant.now()).resources();
    }

    /**
     * The resources as the cloud lists them, or listed them.
     *
     * @param notBefore earliest acceptable begin of the fetch
     */
    public Snapshot list(Cloud cloud, Instant notBefore) {
        return lists.get(cloud, type, List.of(), notBefore);
    }

    /** The resource as the cloud knows it now. */
    public Optional<Message> byId(Cloud cloud, String id) {
        return lists.single(cloud, type, id, Instant.now()).resources().stream().findFirst();
    }

    /** What the cloud has accepted and may not show at once, as one of several nodes: where it is, and its ID. */
    public Message accepted(Cloud cloud, String id) {
        return type.prototype()
                .newBuilderForType()
                .setField(type.id(), id)
                .setField(
                        type.location(),
                        cloud.region().toBuilder().setProject(cloud.project()).build())
                .build();
    }

    /**
     * Does an action on a resource: {@code POST …/ID/action}.
     *
     * @param arguments around which the action's name is the key
     */
    public <T> T act(
            Cloud cloud,
            String id,
            String action,
            Map<String, @Nullable Object> arguments,
            String operation,
            Reader<T> reader) {
        Service service = service(cloud);
        Request post = Request.post(type.options().getPath() + Request.path(id, "action"))
                .microversion(Lists.microversion(service, type))
                .operation(operation)
                .body(Body.json(JsonTree.write(Collections.singletonMap(action, arguments))))
                .build();
        try {
            return service.send(post, reader);
        } finally {
            wrote(cloud);
        }
    }

    /** Something was written, or may have been: no list that was fetched before is shown to anybody. */
    public void wrote(Cloud cloud) {
        lists.wrote(cloud, type);
    }

    /**
     * Waits until the resource is as the method declares.
     *
     * @param operation the method's name
     * @throws OaktreeException WAIT_TIMED_OUT; RESOURCE_NOT_FOUND when it is gone; RESOURCE_FAILED and the like
     */
    public Message awaited(Cloud cloud, String id, String operation, Instant until) {
        Ending ending = new Ending(
                type.service()
                        .findMethodByName(operation)
                        .getOptions()
                        .getExtension(Rest.method)
                        .getWait(),
                type);
        return Objects.requireNonNull(
                waiting.await(cloud, type, id, ending, Instant.now(), until, (resource, asOf) -> {}));
    }

    /**
     * Waits until the resource is as a class says that waits for what no method does.
     *
     * @return it; empty when it is gone and that was waited for
     * @throws OaktreeException WAIT_TIMED_OUT; RESOURCE_NOT_FOUND when it is gone; RESOURCE_FAILED and the like
     */
    public Optional<Message> awaited(Cloud cloud, String id, Wait wait, Instant until) {
        return Optional.ofNullable(
                waiting.await(cloud, type, id, new Ending(wait, type), Instant.now(), until, (resource, asOf) -> {}));
    }

    /**
     * Changes members of a resource.
     *
     * @param headers conditions for it
     * @param operation for which it happens
     * @return it as the cloud answers
     */
    public Message change(
            Cloud cloud,
            String id,
            Map<String, @Nullable Object> members,
            Map<String, String> headers,
            String operation) {
        Service service = service(cloud);
        Request.Builder request = Request.put(type.options().getPath() + Request.path(id))
                .microversion(Lists.microversion(service, type))
                .operation(operation)
                .body(Body.json(JsonTree.write(Map.of(type.options().getSingular(), members))));
        headers.forEach(request::header);
        try {
            Document changed = service.send(
                    request.build(),
                    answer -> type.reader().single(answer.body().readAllBytes()));
            return new Placement(cloud, type).locate(changed);
        } finally {
            wrote(cloud);
        }
    }

    /**
     * Takes a resource away; what is not there is no failure.
     *
     * @param headers conditions for it
     * @param operation for which it happens
     * @return false: it was not there
     */
    public boolean delete(Cloud cloud, String id, Map<String, String> headers, String operation) {
        return delete(cloud, type, lists, id, headers, operation);
    }

    static boolean delete(
            Cloud cloud, ResourceType type, Lists lists, String id, Map<String, String> headers, String operation) {
        Service service = cloud.session().service(type.options().getServiceType());
        Request.Builder request = Request.delete(type.options().getPath() + Request.path(id))
                .microversion(Lists.microversion(service, type))
                .operation(operation);
        headers.forEach(request::header);
        try {
            service.send(request.build(), Reader.ignoringBody());
            return true;
        } catch (OaktreeException e) {
            if (e.httpStatus() == 404) {
                return false;
            }
            throw e;
        } finally {
            lists.wrote(cloud, type);
        }
    }

    /**
     * What the service's own clock says, to the second; empty: it does not say. One call, for a list of at most one.
     *
     * @param operation for which it happens
     */
    public Optional<Instant> clock(Cloud cloud, String operation) {
        Request request = Request.get(type.options().getPath())
                .query("limit", "1")
                .query("fields", "id")
                .operation(operation)
                .build();
        return service(cloud).send(request, answer -> answer.header("date")).flatMap(ResourceAccess::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The same failure, told with what became of what the failed call had made: it is deleted, or, when that fails too, left.
     *
     * @param operation the call that failed
     */
    public OaktreeException undone(Cloud cloud, String id, String operation, OaktreeException failure) {
        try {
            boolean wasThere = delete(cloud, id, Map.of(), operation);
            return failure.toBuilder()
                    .message(
                            failure.getMessage() + (wasThere ? " It was deleted again." : " It is not there any more."))
                    .build();
        } catch (OaktreeException e) {
            return failure.toBuilder()
                    .message(failure.getMessage() + " It could not be deleted again (" + e.getMessage() + "): "
                            + type.words() + " " + id + " is left.")
                    .build();
        }
    }

    /** Whether a wait ended because the resource has failed for good, and not because of the time or the cloud. */
    public static boolean hasFailed(OaktreeException failure) {
        return failure.reason() == ErrorReason.ERROR_REASON_RESOURCE_FAILED
                || failure.reason() == ErrorReason.ERROR_REASON_NO_CAPACITY
                || failure.reason() == ErrorReason.ERROR_REASON_QUOTA_EXCEEDED;
    }

    /** An error about resources of this type at that place. */
    public OaktreeException.Builder error(Cloud cloud, ErrorReason reason, String message) {
        return type.error(cloud, reason, message);
    }

    private Service service(Cloud cloud) {
        return cloud.session().service(type.options().getServiceType());
    }
}
