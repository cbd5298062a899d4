package org.openstack.oaktree;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;

/**
 * One service of the API.
 *
 * @param descriptor its declaration
 * @param methods every call of it, in the order of the declaration
 */
public record RpcService(ServiceDescriptor descriptor, List<RpcMethod> methods) {
    public RpcService {
        methods = List.copyOf(methods);
    }
}
