package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.Captured;
import org.openstack.oaktree.resource.json.MessageReader;
import org.openstack.oaktree.resource.json.MessageWriter;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A regular action on one resource: {@code POST …/ID/action}. The answer's members are the response's own fields. */
final class ActionMethod implements RpcMethod {
    private final MethodDescriptor descriptor;
    private final String action;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final Lookup lookup;
    private final Waiting waiting;
    private final @Nullable Ending ending;
    private final MessageReader answers;
    /** Some actions only ask, and leave every list as it is. */
    private final boolean reads;

    ActionMethod(
            MethodDescriptor descriptor,
            String action,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            Lookup lookup,
            Waiting waiting,
            @Nullable Ending ending) {
        this.descriptor = descriptor;
        this.action = action;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.lookup = lookup;
        this.waiting = waiting;
        this.ending = ending;
        this.reads = descriptor.getName().startsWith("Get");
        this.answers = new MessageReader(response, message -> List.of(), List.of());
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        String nameOrId = Requests.nameOrId(request);
        @Nullable Object body = body(request);
        Cloud cloud = clouds.one(Requests.zoneless(request));
        Instant until = Waiting.until(request);
        String id = type.id(
                lookup.find(cloud, type, nameOrId, List.of(), Instant.now()).resource());
        Service service = cloud.session().service(type.options().getServiceType());
        Request post = Request.post(type.options().getPath() + Request.path(id, "action"))
                .microversion(Lists.microversion(service, type))
                .operation(descriptor.getName())
                .body(Body.json(JsonTree.write(Collections.singletonMap(action, body))))
                .build();
        Message answer;
        try {
            answer = service.send(post, got -> read(got.body().readAllBytes()));
        } finally {
            if (!reads) {
                lists.wrote(cloud, type);
            }
        }
        if (ending != null && Waiting.isAsked(request)) {
            waiting.await(cloud, type, id, ending, Instant.now(), until, (resource, asOf) -> {});
        }
        responses.accept(RpcResponse.of(answer));
    }

    /** The object of the request's own fields; null where the action knows none. */
    private static @Nullable Object body(Message request) {
        if (MessageWriter.ownFields(request.getDescriptorForType()).isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        MessageWriter.create(request, object, object);
        return object;
    }

    private Message read(byte[] answer) {
        Message.Builder read = response.newBuilderForType();
        if (answer.length > 0) {
            try (JsonParser parser = JsonTree.parser(answer)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    answers.read(parser, read, new Captured(0));
                }
            }
        }
        return read.build();
    }
}
