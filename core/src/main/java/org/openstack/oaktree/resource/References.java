package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.v1.ErrorReason;

/** Puts IDs where a request names resources by name or ID. Safe for use by many threads. */
final class References {
    private final Lists lists;
    private final Lookup lookup;

    References(Lists lists, Lookup lookup) {
        this.lists = lists;
        this.lookup = lookup;
    }

    /**
     * The request with an ID in every field that points to another resource.
     *
     * @throws OaktreeException RESOURCE_NOT_FOUND, AMBIGUOUS_NAME, with the name of the field
     */
    Message resolve(Cloud cloud, Message request) {
        Message.Builder resolved = request.toBuilder();
        for (FieldDescriptor field : request.getAllFields().keySet()) {
            String message = Options.of(field).getRef();
            if (message.isEmpty()) {
                continue;
            }
            ResourceType type = lists.type(message);
            if (field.isRepeated()) {
                for (int i = 0; i < request.getRepeatedFieldCount(field); i++) {
                    String nameOrId = request.getRepeatedField(field, i).toString();
                    resolved.setRepeatedField(field, i, id(cloud, type, field, nameOrId));
                }
            } else {
                resolved.setField(
                        field, id(cloud, type, field, request.getField(field).toString()));
            }
        }
        return resolved.build();
    }

    /** A known ID is taken as it is: the cloud checks it. A name may have moved to another resource since the list was read. */
    private String id(Cloud cloud, ResourceType type, FieldDescriptor field, String nameOrId) {
        Requests.checkNameOrId(field.getName(), nameOrId);
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
            throw names
                    ? e.toBuilder()
                            .message(field.getName() + ": " + e.getMessage())
                            .build()
                    : e;
        }
    }
}
