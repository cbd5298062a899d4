package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.v1.ErrorReason;

/** Puts IDs where a request, or a part of it, names resources by name or ID. Safe for use by many threads. */
final class References {
    private final Lists lists;
    private final Lookup lookup;

    References(Lists lists, Lookup lookup) {
        this.lists = lists;
        this.lookup = lookup;
    }

    /**
     * The request with an ID in every field that points to another resource, its own or one of the parts that it is made of.
     *
     * @throws OaktreeException RESOURCE_NOT_FOUND, AMBIGUOUS_NAME, with the name of the field
     */
    Message resolve(Cloud cloud, Message request) {
        return resolve(cloud, request, "");
    }

    private Message resolve(Cloud cloud, Message message, String within) {
        Message.Builder resolved = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            String path = within + field.getName();
            String target = Options.of(field).getRef();
            if (!target.isEmpty()) {
                ResourceType type = lists.type(target);
                resolved.setField(field, each(value, nameOrId -> id(cloud, type, path, nameOrId.toString())));
            } else if (Parts.is(field)) {
                resolved.setField(field, each(value, part -> resolve(cloud, (Message) part, path + ".")));
            }
        });
        return resolved.build();
    }

    /** The value of a field, or each of its values, changed. */
    private static Object each(Object value, Function<Object, Object> change) {
        return value instanceof List<?> several
                ? several.stream().map(one -> change.apply(one)).toList()
                : change.apply(value);
    }

    /** A known ID is taken as it is: the cloud checks it. A name may have moved to another resource since the list was read. */
    private String id(Cloud cloud, ResourceType type, String field, String nameOrId) {
        Requests.checkNameOrId(field, nameOrId);
        Snapshot kept = lists.kept(cloud, type, List.of(), Lists.usual(cloud, type));
        @Nullable Message known = kept == null ? null : kept.byId(nameOrId, type::id);
        if (known != null) {
            return nameOrId;
        }
        try {
            return type.id(
                    lookup.find(cloud, type, nameOrId, List.of(), Instant.now()).resource());
        } catch (OaktreeException e) {
            boolean names = e.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND
                    || e.reason() == ErrorReason.ERROR_REASON_AMBIGUOUS_NAME;
            throw names ? e.toBuilder().message(field + ": " + e.getMessage()).build() : e;
        }
    }

    /**
     * The resource of that name or ID as the cloud knows it now.
     *
     * @throws OaktreeException RESOURCE_NOT_FOUND, AMBIGUOUS_NAME
     */
    Message find(Cloud cloud, ResourceType type, String nameOrId) {
        return lookup.find(cloud, type, nameOrId, List.of(), Instant.now()).resource();
    }

    /** No list of what the request's fields point to, nor of its zones, that was read before now is shown to this scope. */
    void forget(Cloud cloud, ResourceType type, Message request) {
        forget(cloud, request.getDescriptorForType());
        if (!type.options().getZones().isEmpty()) {
            lists.forget(cloud, lists.type(type.options().getZones()));
        }
    }

    private void forget(Cloud cloud, Descriptor part) {
        for (FieldDescriptor field : part.getFields()) {
            String message = Options.of(field).getRef();
            if (!message.isEmpty()) {
                lists.forget(cloud, lists.type(message));
            } else if (Parts.is(field)) {
                forget(cloud, field.getMessageType());
            }
        }
    }
}
