package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.Captured;
import org.openstack.oaktree.resource.json.MessageReader;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.v1.RequestIdKind;
import org.openstack.oaktree.v1.ErrorReason;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A regular Create of a resource whose repeats are known by their content: an equal resource of the same name is the answer, another
 * one is ALREADY_EXISTS. One POST; when the name is taken, what a Get by name costs besides.
 */
final class CreateMethod implements RpcMethod {
    private static final int NAME = 3;
    private static final int FIRST_OWN_FIELD = 10;
    private static final int PROPERTIES = 99;

    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final Lookup lookup;
    private final References references;
    private final MessageReader answers;

    CreateMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            Lookup lookup,
            References references) {
        if (type.options().getRequestId().getKind() != RequestIdKind.REQUEST_ID_KIND_CONTENT) {
            throw new IllegalStateException(
                    descriptor.getFullName() + ": repeats of this kind are not the engine's business");
        }
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.lookup = lookup;
        this.references = references;
        this.answers = new MessageReader(response, message -> List.of(), List.of());
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        Requests.checkCreate(request, type);
        Cloud cloud = clouds.one(Requests.location(request));
        Message resolved = references.resolve(cloud, request);
        Service service = cloud.session().service(type.options().getServiceType());
        Request post = new Draft(cloud, type, service, resolved).post(descriptor.getName());
        try {
            Message answer = service.send(post, got -> created(cloud, got.body().readAllBytes()));
            responses.accept(RpcResponse.of(answer));
        } catch (OaktreeException e) {
            if (e.httpStatus() != 409) {
                throw e;
            }
            responses.accept(RpcResponse.of(repeated(cloud, resolved, e)));
        } finally {
            lists.wrote(cloud, type);
        }
    }

    private Message created(Cloud cloud, byte[] answer) {
        Message resource = new Placement(cloud, type).locate(type.reader().single(answer));
        Message.Builder created = response.newBuilderForType();
        // What the cloud says only once stands beside the resource in the same document.
        try (JsonParser parser = JsonTree.parser(answer)) {
            parser.nextToken();
            if (!type.options().getSingular().isEmpty()) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME
                        && !parser.currentName().equals(type.options().getSingular())) {
                    parser.nextToken();
                    parser.skipChildren();
                }
                parser.nextToken();
            }
            answers.read(parser, created, new Captured(0));
        }
        return created.setField(Requests.field(response, 1), resource)
                .setField(Requests.field(response, 2), true)
                .build();
    }

    /** The name is taken: by an equal resource, which is the answer, or by another one. */
    private Message repeated(Cloud cloud, Message request, OaktreeException taken) {
        String name = request.getField(Requests.field(request, NAME)).toString();
        Message resource = named(cloud, name, taken);
        for (FieldDescriptor field : request.getAllFields().keySet()) {
            FieldDescriptor same = type.prototype().getDescriptorForType().findFieldByName(field.getName());
            boolean compared = field.getNumber() >= FIRST_OWN_FIELD && field.getNumber() < PROPERTIES && same != null;
            if (compared && !comparable(request, field).equals(comparable(resource, same))) {
                throw exists(cloud, name, "with another " + field.getName());
            }
        }
        for (FieldDescriptor field : response.getDescriptorForType().getFields()) {
            if (Options.of(field).getSecret() && isSaid(field, request)) {
                throw secretLost(cloud, name, field);
            }
        }
        return response.newBuilderForType()
                .setField(Requests.field(response, 1), resource)
                .build();
    }

    /** The resource of that name as the cloud knows it now. When there is none, the refusal had another reason. */
    private Message named(Cloud cloud, String name, OaktreeException taken) {
        try {
            Message found =
                    lookup.find(cloud, type, name, List.of(), Instant.now()).resource();
            if (type.name(found).equals(name)) {
                return found;
            }
        } catch (OaktreeException e) {
            if (e.reason() != ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND) {
                throw e;
            }
        }
        throw taken;
    }

    /** The field's value without what the cloud may have changed: space around texts, the order in maps. */
    private static Object comparable(Message message, FieldDescriptor field) {
        Object value = message.getField(field);
        return field.isMapField()
                ? ((List<?>) value).stream().map(Object::toString).collect(Collectors.toSet())
                : value.toString().strip();
    }

    /** Whether the answer to the request that made the resource held the secret. */
    private static boolean isSaid(FieldDescriptor secret, Message request) {
        String unless = Options.of(secret).getUnless();
        return unless.isEmpty()
                || !request.hasField(request.getDescriptorForType().findFieldByName(unless));
    }

    private OaktreeException exists(Cloud cloud, String name, String how) {
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_RESOURCE_EXISTS,
                        "there is a " + type.words() + " `" + name + "` " + how
                                + " already; choose another name or delete it")
                .resource(type.message(), name)
                .build();
    }

    private OaktreeException secretLost(Cloud cloud, String name, FieldDescriptor secret) {
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_SECRET_LOST,
                        "there is a " + type.words() + " `" + name + "` already, and the cloud told its "
                                + secret.getName() + " only once; delete it and create it anew")
                .resource(type.message(), name)
                .build();
    }
}
