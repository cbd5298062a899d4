package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.time.Instant;
import java.util.ArrayList;
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
import org.openstack.oaktree.resource.json.MessageWriter;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.v1.UpdateVerb;

/** A regular Update that is sent as RFC 6902 operations; one that changes nothing is not sent. */
final class UpdateMethod implements RpcMethod {
    private static final int PROPERTIES = 99;
    private static final String PATCH_TYPE = "application/json-patch+json";

    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final Lookup lookup;

    UpdateMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            Lookup lookup) {
        if (type.options().getUpdateVerb() != UpdateVerb.UPDATE_VERB_JSON_PATCH) {
            throw new IllegalStateException(
                    descriptor.getFullName() + ": updates of this kind are not the engine's business");
        }
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.lookup = lookup;
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        String nameOrId = Requests.nameOrId(request);
        Changes changes = Changes.of(request);
        Cloud cloud = clouds.one(Requests.zoneless(request));
        Message present =
                lookup.find(cloud, type, nameOrId, List.of(), Instant.now()).resource();
        List<Map<String, @Nullable Object>> operations = operations(changes, present);
        Message changed = operations.isEmpty() ? present : patch(cloud, type.id(present), operations);
        responses.accept(RpcResponse.of(response.newBuilderForType()
                .setField(Requests.field(response, 1), changed)
                .build()));
    }

    /** To add a member that is there replaces it; to remove one that is not there is refused. */
    private List<Map<String, @Nullable Object>> operations(Changes changes, Message present) {
        List<Map<String, @Nullable Object>> operations = new ArrayList<>();
        changes.set().forEach((member, value) -> {
            Map<String, @Nullable Object> operation = operation("add", member);
            operation.put("value", value);
            operations.add(operation);
        });
        for (String member : changes.removed()) {
            if (has(present, member)) {
                operations.add(operation("remove", member));
            }
        }
        return operations;
    }

    private boolean has(Message present, String member) {
        FieldDescriptor properties = Requests.field(present, PROPERTIES);
        Struct unnamed = Requests.part(present, properties, Struct.getDefaultInstance());
        return unnamed.containsFields(member) || MessageWriter.isMapped(present.getDescriptorForType(), member);
    }

    private static Map<String, @Nullable Object> operation(String name, String member) {
        Map<String, @Nullable Object> operation = new LinkedHashMap<>();
        operation.put("op", name);
        operation.put("path", "/" + member.replace("~", "~0").replace("/", "~1"));
        return operation;
    }

    private Message patch(Cloud cloud, String id, List<Map<String, @Nullable Object>> operations) {
        Service service = cloud.session().service(type.options().getServiceType());
        String media = type.options().getPatchType();
        Request patch = Request.patch(type.options().getPath() + Request.path(id))
                .microversion(Lists.microversion(service, type))
                .operation(descriptor.getName())
                .body(Body.bytes(JsonTree.write(operations), media.isEmpty() ? PATCH_TYPE : media))
                .build();
        try {
            Document document = service.send(
                    patch, answer -> type.reader().single(answer.body().readAllBytes()));
            return new Placement(cloud, type).locate(document);
        } finally {
            lists.wrote(cloud, type);
        }
    }
}
