package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;

/** Tells reflection which proto file a service or method is declared in. */
final class Schema {
    private Schema() {}

    record OfService(ServiceDescriptor getServiceDescriptor) implements ProtoServiceDescriptorSupplier {
        @Override
        public FileDescriptor getFileDescriptor() {
            return getServiceDescriptor.getFile();
        }
    }

    record OfMethod(MethodDescriptor getMethodDescriptor) implements ProtoMethodDescriptorSupplier {
        @Override
        public FileDescriptor getFileDescriptor() {
            return getMethodDescriptor.getFile();
        }

        @Override
        public ServiceDescriptor getServiceDescriptor() {
            return getMethodDescriptor.getService();
        }
    }
}
