package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;

/** A call whose request has no generated class: the parts that have one get it, so that the call itself need not care. */
final class DynamicMethod implements RpcMethod {
    private final RpcMethod method;
    private final Api api;

    DynamicMethod(RpcMethod method, Api api) {
        this.method = method;
        this.api = api;
    }

    @Override
    public MethodDescriptor descriptor() {
        return method.descriptor();
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        method.invoke(typed(request), responses);
    }

    private Message typed(Message message) {
        Message prototype = api.prototype(message.getDescriptorForType());
        if (!(prototype instanceof DynamicMessage)) {
            return prototype.toBuilder().mergeFrom(message).build();
        }
        Message.Builder typed = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() == JavaType.MESSAGE
                    && !field.getKey().isMapField()) {
                typed.setField(field.getKey(), typed(field.getValue()));
            }
        }
        return typed.build();
    }

    private Object typed(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(element -> typed((Message) element)).toList()
                : typed((Message) value);
    }
}
