package org.openstack.oaktree.app.contract;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.rest.v1.Rest;

/**
 * What the cloud itself lists for one user, by the names of the API's services, such as {@code SecurityGroups}. A resource is known by
 * its ID; a keypair, whose name others may use too, by its fingerprint; an availability zone by its name.
 *
 * @param marks of the resources of each service
 */
record RawLists(Map<String, Set<String>> marks) {
    /** Where the API of a service begins below its endpoint in the catalog. */
    private static final Map<String, String> VERSIONS = Map.of("network", "/v2.0", "image", "/v2");

    static RawLists of(StockApi user) {
        Map<String, Set<String>> marks = new TreeMap<>();
        Contract.lists().forEach(list -> marks.put(list.getService().getName(), marks(user, list)));
        return new RawLists(marks);
    }

    private static Set<String> marks(StockApi user, MethodDescriptor list) {
        Resource resource = list.getService().getOptions().getExtension(Rest.resource);
        String service = resource.getServiceType();
        String query = resource.getListQuery().isEmpty() ? "" : "?" + resource.getListQuery();
        String path = VERSIONS.getOrDefault(service, "") + resource.getPath() + query;
        return user.list(service, path, resource.getPlural()).stream()
                .map(RawLists::mark)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String mark(Map<String, @Nullable Object> item) {
        if (item.containsKey("keypair")) {
            return StockApi.text(StockApi.object(item.get("keypair")), "fingerprint");
        }
        return StockApi.text(item, item.containsKey("zoneName") ? "zoneName" : "id");
    }

    /** The same mark of a resource as oaktree shows it. */
    static String mark(Message resource) {
        String field = resource.getDescriptorForType().getName().equals("Keypair") ? "fingerprint" : "id";
        return Contract.text(resource, field);
    }

    Set<String> of(String service) {
        return marks.getOrDefault(service, Set.of());
    }
}
