package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.FaultWords;
import org.openstack.oaktree.rest.v1.Wait;
import org.openstack.oaktree.v1.ErrorReason;

/** When a wait for a resource ends, as a method declares it. Immutable. */
final class Ending {
    private final Wait options;
    private final ResourceType type;
    private final FieldDescriptor state;
    private final @Nullable FieldDescriptor fault;
    private final @Nullable FieldDescriptor busy;

    Ending(Wait options, ResourceType type) {
        this.options = options;
        this.type = type;
        Descriptor message = type.prototype().getDescriptorForType();
        this.state = named(message, options.getField());
        this.fault = options.getFault().isEmpty() ? null : named(message, options.getFault());
        this.busy = options.getBusy().isEmpty() ? null : named(message, options.getBusy());
    }

    private static FieldDescriptor named(Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(message.getFullName() + " has no field " + name + " to wait for");
        }
        return field;
    }

    /** Whether the wait ends well when the resource is gone. */
    boolean byAbsence() {
        return options.getAbsent();
    }

    /**
     * Whether the wait has ended well.
     *
     * @throws OaktreeException NO_CAPACITY, QUOTA_EXCEEDED or RESOURCE_FAILED when it has ended badly
     */
    boolean isReached(Cloud cloud, Message resource) {
        if (busy != null && !resource.getField(busy).toString().isEmpty()) {
            return false;
        }
        String now = resource.getField(state).toString();
        if (options.getFailedList().stream().anyMatch(now::equalsIgnoreCase)) {
            throw failed(cloud, resource, now);
        }
        return options.getReadyList().stream().anyMatch(now::equalsIgnoreCase);
    }

    private OaktreeException failed(Cloud cloud, Message resource, String now) {
        String words = fault == null ? "" : resource.getField(fault).toString();
        ErrorReason reason = FaultWords.reason(words);
        OaktreeException.Builder error = type.error(
                        cloud,
                        reason,
                        type.words() + " `" + type.name(resource) + "` went into " + now
                                + (words.isEmpty() ? "; the cloud does not say why" : ": " + words))
                .resource(type.message(), type.id(resource));
        return reason == ErrorReason.ERROR_REASON_QUOTA_EXCEEDED
                ? error.quota("project:" + cloud.project().getId(), words).build()
                : error.build();
    }
}
