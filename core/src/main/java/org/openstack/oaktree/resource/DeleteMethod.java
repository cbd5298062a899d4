package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** A regular Delete: what is not there need not be deleted, and that is no error. */
final class DeleteMethod implements RpcMethod {
    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lists lists;
    private final Lookup lookup;
    private final Waiting waiting;
    private final @Nullable Ending ending;
    private final Cleanup cleanup;

    DeleteMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lists lists,
            Lookup lookup,
            Waiting waiting,
            @Nullable Ending ending,
            Cleanup cleanup) {
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lists = lists;
        this.lookup = lookup;
        this.waiting = waiting;
        this.ending = ending;
        this.cleanup = cleanup;
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        String nameOrId = Requests.nameOrId(request);
        Cloud cloud = clouds.one(Requests.zoneless(request));
        String id = type.isIdentifiedByName() ? nameOrId : id(cloud, nameOrId);
        Instant until = Waiting.until(request);
        if (!id.isEmpty() && cleanup.isWanted(request)) {
            cleanup.before(cloud, id);
        }
        boolean deleted =
                !id.isEmpty() && ResourceAccess.delete(cloud, type, lists, id, Map.of(), descriptor.getName());
        if (deleted && ending != null && Waiting.isAsked(request)) {
            waiting.await(cloud, type, id, ending, Instant.now(), until, (resource, asOf) -> {});
        }
        responses.accept(RpcResponse.of(response.newBuilderForType()
                .setField(Requests.field(response, 1), deleted)
                .setField(Requests.field(response, 2), deleted ? id : "")
                .build()));
    }

    /** The ID behind a name or ID as the cloud knows it now; empty: there is none. */
    private String id(Cloud cloud, String nameOrId) {
        try {
            return type.id(
                    lookup.find(cloud, type, nameOrId, List.of(), Instant.now()).resource());
        } catch (OaktreeException e) {
            if (e.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND) {
                return "";
            }
            throw e;
        }
    }
}
