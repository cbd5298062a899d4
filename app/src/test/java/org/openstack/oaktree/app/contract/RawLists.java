package org.openstack.oaktree.app.contract;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.rest.v1.Rest;

/**
 * What the cloud itself lists for one user, by the names of the API's services, such as {@code SecurityGroups}. A resource is known by
 * its ID; a keypair, whose name others may use too, by its fingerprint; an availability zone by its name.
 *
 * @param marks of the resources of each service
 */
record RawLists(Map<String, Set<String>> marks) {
    static RawLists of(RawUser user) {
        Map<String, Set<String>> marks = new TreeMap<>();
        Contract.lists().forEach(list -> marks.put(list.getService().getName(), marks(user, list)));
        return new RawLists(marks);
    }

    private static Set<String> marks(RawUser user, MethodDescriptor list) {
        Resource resource = list.getService().getOptions().getExtension(Rest.resource);
        String query = resource.getListQuery().isEmpty() ? "" : "?" + resource.getListQuery();
        Json answer = user.get(resource.getServiceType(), resource.getPath() + query);
        return answer.at(resource.getPlural()).elements().stream()
                .map(RawLists::mark)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String mark(Json item) {
        return item.at("id").text()
                + item.at("keypair", "fingerprint").text()
                + item.at("zoneName").text();
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
