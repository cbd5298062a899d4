package org.openstack.oaktree;

import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/** Finds the message to parse requests with: the generated class where there is one, a dynamic message elsewhere. */
public final class DefaultInstances {
    private DefaultInstances() {}

    /** An empty message of the type. */
    public static Message of(Descriptor descriptor) {
        Message generated = generated(descriptor);
        return generated != null ? generated : DynamicMessage.getDefaultInstance(descriptor);
    }

    private static @Nullable Message generated(Descriptor descriptor) {
        FileOptions options = descriptor.getFile().getOptions();
        if (!options.getJavaMultipleFiles()) {
            return null;
        }
        StringBuilder name = new StringBuilder(descriptor.getName());
        for (Descriptor outer = descriptor.getContainingType(); outer != null; outer = outer.getContainingType()) {
            name.insert(0, outer.getName() + "$");
        }
        try {
            Class<? extends Message> type =
                    Class.forName(options.getJavaPackage() + "." + name).asSubclass(Message.class);
            Message message = Internal.getDefaultInstance(type);
            // The same file compiled twice into one program: fields of one descriptor do not fit messages of the other.
            return message.getDescriptorForType() == descriptor ? message : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
