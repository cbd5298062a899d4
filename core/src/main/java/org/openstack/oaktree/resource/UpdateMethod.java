package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.openstack.oaktree.v1.ErrorReason;

/** A regular Update, sent as the declaration says; one that changes nothing is not sent. */
final class UpdateMethod implements RpcMethod {
    private static final int PROPERTIES = 99;
    private static final Set<UpdateVerb> SENT =
            EnumSet.of(UpdateVerb.UPDATE_VERB_PUT, UpdateVerb.UPDATE_VERB_JSON_PATCH);
    private static final String PATCH_TYPE = "application/json-patch+json";

    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final Lookup lookup;
    private final Completion completion;

    UpdateMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            Lookup lookup,
            Completion completion) {
        if (!SENT.contains(type.options().getUpdateVerb())) {
            throw new IllegalStateException(
                    descriptor.getFullName() + ": updates of this kind are not the engine's business");
        }
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.lookup = lookup;
        this.completion = completion;
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        String nameOrId = Requests.nameOrId(request);
        Requests.checkTexts(request);
        Changes changes = Changes.of(request);
        Cloud cloud = clouds.one(Requests.zoneless(request));
        Service service = cloud.session().service(type.options().getServiceType());
        String microversion = Lists.microversion(service, type);
        changes.fields().forEach(field -> Draft.checkKnown(cloud, type, microversion, field.getName(), field));
        Lookup.Found found = lookup.find(cloud, type, nameOrId, List.of(), Instant.now());
        Snapshot shown =
                new Snapshot(List.of(changed(cloud, service, changes, found.resource())), type::id, found.asOf());
        if (completion.isWanted(request)) {
            shown = completed(cloud, shown, !changes.isEmpty());
        }
        responses.accept(RpcResponse.of(response.newBuilderForType()
                .setField(Requests.field(response, 1), shown.resources().getFirst())
                .build()));
    }

    private Message changed(Cloud cloud, Service service, Changes changes, Message present) {
        if (type.options().getUpdateVerb() == UpdateVerb.UPDATE_VERB_PUT) {
            return changes.isEmpty() ? present : send(cloud, service, put(changes, present));
        }
        List<Map<String, @Nullable Object>> operations = operations(changes, present);
        return operations.isEmpty() ? present : send(cloud, service, patch(operations, present));
    }

    /** What is completed is read again: some services answer an update with less than they show. */
    private Snapshot completed(Cloud cloud, Snapshot answered, boolean isChanged) {
        Instant now = Instant.now();
        Snapshot shown = answered;
        if (isChanged) {
            shown = lists.single(cloud, type, type.id(answered.resources().getFirst()), now);
            if (shown.resources().isEmpty()) {
                throw type.error(
                                cloud,
                                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                                "the " + type.words() + " was changed, and deleted since")
                        .build();
            }
        }
        return completion.complete(cloud, shown, now);
    }

    private Request.Builder put(Changes changes, Message present) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(changes.set());
        changes.removed().forEach(member -> members.put(member, null));
        return Request.put(type.options().getPath() + Request.path(type.id(present)))
                .body(Body.json(JsonTree.write(Map.of(type.options().getSingular(), members))));
    }

    private Request.Builder patch(List<Map<String, @Nullable Object>> operations, Message present) {
        String media = type.options().getPatchType();
        return Request.patch(type.options().getPath() + Request.path(type.id(present)))
                .body(Body.bytes(JsonTree.write(operations), media.isEmpty() ? PATCH_TYPE : media));
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

    private Message send(Cloud cloud, Service service, Request.Builder request) {
        Request update = request.microversion(Lists.microversion(service, type))
                .operation(descriptor.getName())
                .build();
        try {
            Document document = service.send(
                    update, answer -> type.reader().single(answer.body().readAllBytes()));
            return new Placement(cloud, type).locate(document);
        } finally {
            lists.wrote(cloud, type);
        }
    }
}
