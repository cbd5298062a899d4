package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.v1.ErrorReason;

/** What has the name that a Create asks for already: an equal resource, which is the answer to a repeat, or another one. Immutable. */
final class Namesake {
    private static final int NAME = 3;
    private static final int FIRST_OWN_FIELD = 10;
    private static final int PROPERTIES = 99;

    private final ResourceType type;
    private final Lookup lookup;
    private final Message response;

    Namesake(ResourceType type, Lookup lookup, Message response) {
        this.type = type;
        this.lookup = lookup;
        this.response = response;
    }

    /**
     * The answer to a request whose name is taken.
     *
     * @param request with IDs for all references
     * @param taken the cloud's refusal
     * @throws OaktreeException RESOURCE_EXISTS when another resource has the name, SECRET_LOST when the cloud told something only to the first request
     */
    Message answer(Cloud cloud, Message request, OaktreeException taken) {
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
