package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.resource.json.Times;

/** A regular Get: one resource by its exact name or ID, or the only one that a project has. */
final class GetMethod implements RpcMethod {
    private final MethodDescriptor descriptor;
    private final Message response;
    private final ResourceType type;
    private final CloudDirectory clouds;
    private final Lookup lookup;
    private final Completion completion;

    GetMethod(
            MethodDescriptor descriptor,
            Message response,
            ResourceType type,
            CloudDirectory clouds,
            Lookup lookup,
            Completion completion) {
        this.descriptor = descriptor;
        this.response = response;
        this.type = type;
        this.clouds = clouds;
        this.lookup = lookup;
        this.completion = completion;
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        String nameOrId = type.isSingle() ? "" : Requests.nameOrId(request);
        Cloud cloud = clouds.one(Requests.zoneless(request));
        Instant notBefore = Requests.notBefore(request, cloud, type);
        Lookup.Found found = type.isSingle()
                ? lookup.only(cloud, type, notBefore)
                : lookup.find(cloud, type, nameOrId, Requests.arguments(request), notBefore);
        Message resource = found.resource();
        Instant asOf = found.asOf();
        if (completion.isWanted(request)) {
            Snapshot raw = new Snapshot(List.of(resource), type::id, asOf);
            Snapshot completed = completion.complete(cloud, raw, notBefore);
            resource = completed.resources().getFirst();
            asOf = completed.asOf();
        }
        responses.accept(RpcResponse.of(response.newBuilderForType()
                .setField(Requests.field(response, 1), resource)
                .setField(Requests.field(response, 3), Times.timestamp(asOf))
                .build()));
    }
}
