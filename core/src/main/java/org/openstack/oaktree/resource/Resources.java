package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.rest.Reader;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;

/** The single calls that classes make irregular operations of. What they write outdates every kept list of it. Safe for use by many threads. */
public final class Resources {
    private final CloudDirectory clouds;
    private final Lists lists;
    private final References references;

    Resources(CloudDirectory clouds, Lists lists, References references) {
        this.clouds = clouds;
        this.lists = lists;
        this.references = references;
    }

    /** The one cloud that a request is for, in which no zone has a meaning. */
    public Cloud cloud(Message request) {
        return clouds.one(Requests.zoneless(request));
    }

    /** The request with an ID in every field that points to a resource. */
    public Message resolve(Cloud cloud, Message request) {
        return references.resolve(cloud, request);
    }

    /** Refuses a request that does not say what it is about. */
    public void checkSubject(Message request) {
        Requests.nameOrId(request);
    }

    /** When the wait that a request may ask for is over. */
    public Instant until(Message request) {
        return Waiting.until(request);
    }

    /** The resources of that message as the cloud lists them now. */
    public List<? extends Message> now(Cloud cloud, String message, Param... narrowed) {
        return lists.get(cloud, lists.type(message), List.of(narrowed), Instant.now())
                .resources();
    }

    /** One resource as the cloud shows it now; empty: there is none. */
    public Optional<Message> now(Cloud cloud, String message, String id) {
        return lists.single(cloud, lists.type(message), id, Instant.now()).resources().stream()
                .<Message>map(resource -> resource)
                .findFirst();
    }

    /** Changes members of a resource; it as the cloud answers. */
    public Message change(
            Cloud cloud,
            String message,
            String id,
            Map<String, @Nullable Object> members,
            Map<String, String> headers,
            String operation) {
        ResourceType type = lists.type(message);
        Service service = cloud.session().service(type.options().getServiceType());
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
            lists.wrote(cloud, type);
        }
    }

    /** Deletes a resource; false: there was none. */
    public boolean delete(Cloud cloud, String message, String id, Map<String, String> headers, String operation) {
        ResourceType type = lists.type(message);
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

    /** What a service's own clock says, to the second; empty: it does not say. One call for a list of at most one. */
    public Optional<Instant> clock(Cloud cloud, String message, String operation) {
        ResourceType type = lists.type(message);
        Request request = Request.get(type.options().getPath())
                .query("limit", "1")
                .query("fields", "id")
                .operation(operation)
                .build();
        return cloud.session()
                .service(type.options().getServiceType())
                .send(request, answer -> answer.header("date"))
                .flatMap(Resources::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
