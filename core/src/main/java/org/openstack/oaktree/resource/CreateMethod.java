package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Consumer;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.Captured;
import org.openstack.oaktree.resource.json.MessageReader;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.v1.RequestIdKind;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A regular Create of a resource whose repeats are known by their content: an equal resource of the same name is the answer, another
 * one is ALREADY_EXISTS. One POST; when the name is taken, what a Get by name costs besides.
 */
final class CreateMethod implements RpcMethod {
    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final References references;
    private final MessageReader answers;
    private final Namesake namesake;

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
        this.references = references;
        this.answers = new MessageReader(response, message -> List.of(), List.of());
        this.namesake = new Namesake(type, lookup, response);
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
            responses.accept(RpcResponse.of(namesake.answer(cloud, resolved, e)));
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
}
