package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;

/** A call that a class answers, with a plain blocking method that has the call's name: {@code ListClouds} by {@code listClouds}. */
final class ClassMethod implements RpcMethod {
    private final MethodDescriptor descriptor;
    private final Object target;
    private final Method method;

    private ClassMethod(MethodDescriptor descriptor, Object target, Method method) {
        this.descriptor = descriptor;
        this.target = target;
        this.method = method;
    }

    /** The call as the object answers it, or null when it has no method of that name. */
    static @Nullable ClassMethod of(MethodDescriptor descriptor, Object target) {
        String name = descriptor.getName().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                + descriptor.getName().substring(1);
        return Arrays.stream(target.getClass().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .map(method -> new ClassMethod(descriptor, target, method))
                .orElse(null);
    }

    @Override
    public MethodDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public void invoke(Message request, Consumer<? super RpcResponse> responses) {
        answer(request, responses);
    }

    @Override
    public void invoke(Iterator<? extends Message> requests, Consumer<? super RpcResponse> responses) {
        answer(descriptor.isClientStreaming() ? requests : requests.next(), responses);
    }

    /** The method takes what the call takes: a request, or an iterator over those that come. */
    private void answer(Object request, Consumer<? super RpcResponse> responses) {
        try {
            if (descriptor.isServerStreaming()) {
                Consumer<Message> messages = message -> responses.accept(RpcResponse.of(message));
                method.invoke(target, request, messages);
            } else {
                responses.accept(RpcResponse.of((Message) method.invoke(target, request)));
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(descriptor.getFullName(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(descriptor.getFullName() + " cannot be called", e);
        }
    }
}
