package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.rest.v1.Method;
import org.openstack.oaktree.rest.v1.RequestIdKind;
import org.openstack.oaktree.rest.v1.Rest;

/**
 * Makes the calls of an API: regular ones from what the proto files declare, the others from the methods of classes. Every call must
 * have exactly one of the two, or the program does not start.
 */
public final class Engine {
    private final Api api;
    private final CloudDirectory clouds;
    private final Map<String, ResourceType> types = new LinkedHashMap<>();
    private final Map<String, ResourceType> byService = new LinkedHashMap<>();
    private final Lists lists;
    private final Lookup lookup;
    private final References references;
    private final Waiting waiting;
    private final DeclarationCheck declarations;

    /** The engine of an API over the clouds of a directory. */
    public Engine(Api api, CloudDirectory clouds) {
        this.api = api;
        this.clouds = clouds;
        for (ServiceDescriptor service : api.services()) {
            ResourceType type = ResourceType.of(api, service);
            if (type != null) {
                types.put(type.message(), type);
                byService.put(service.getFullName(), type);
            }
        }
        this.lists = new Lists(types);
        this.lookup = new Lookup(lists);
        this.references = new References(lists, lookup);
        this.waiting = new Waiting(lists, lookup);
        this.declarations = new DeclarationCheck(types.keySet());
        types.values().forEach(declarations::check);
    }

    /** Creates resources of that message, for the class that answers their Create. */
    public Creation creation(String message) {
        return new Creation(clouds, lists.type(message), lists, references, waiting);
    }

    /** What can be done with resources of that message, for the class that answers irregular calls about them. */
    public ResourceAccess access(String message) {
        return new ResourceAccess(clouds, lists.type(message), lists, references, waiting);
    }

    /** Lists of every resource of the API, for classes that need them. */
    public Lists lists() {
        return lists;
    }

    /**
     * The services.
     *
     * @param classes the objects that answer what is irregular, by the full name of their service
     * @param additions what is added to regular calls, by the full name of the resource's message
     */
    public List<RpcService> services(Map<String, Object> classes, Map<String, Additions> additions) {
        List<RpcService> services = new ArrayList<>();
        for (ServiceDescriptor service : api.services()) {
            List<RpcMethod> methods = new ArrayList<>();
            for (MethodDescriptor method : service.getMethods()) {
                methods.add(method(method, classes.get(service.getFullName()), additions));
            }
            services.add(new RpcService(service, methods));
        }
        return services;
    }

    private RpcMethod method(MethodDescriptor method, @Nullable Object target, Map<String, Additions> additions) {
        ClassMethod irregular = target == null ? null : ClassMethod.of(method, target);
        RpcMethod regular = typed(regular(method, additions));
        if (irregular != null && regular == null) {
            return irregular;
        }
        if (irregular == null && regular != null) {
            declarations.check(
                    Objects.requireNonNull(byService.get(method.getService().getFullName())), method);
            return regular;
        }
        throw new IllegalStateException(method.getFullName()
                + (regular == null
                        ? " is neither regular nor answered by a class"
                        : " is regular and answered by a class too"));
    }

    /** A request without a generated class holds nothing but dynamic messages; the methods know locations and queries. */
    private @Nullable RpcMethod typed(@Nullable RpcMethod method) {
        return method != null && api.prototype(method.descriptor().getInputType()) instanceof DynamicMessage
                ? new DynamicMethod(method, api)
                : method;
    }

    /** The call as the declaration of its resource makes it, or null when it is not one of the regular ones. */
    private @Nullable RpcMethod regular(MethodDescriptor method, Map<String, Additions> additions) {
        ResourceType type = byService.get(method.getService().getFullName());
        if (type == null) {
            return null;
        }
        Message response = api.prototype(method.getOutputType());
        Additions added = additions.getOrDefault(type.message(), Additions.NONE);
        Completion completion = added.completion();
        Method options = method.getOptions().getExtension(Rest.method);
        Ending ending = options.hasWait() ? new Ending(options.getWait(), type) : null;
        if (!options.getAction().isEmpty()) {
            return new ActionMethod(
                    method, options.getAction(), response, type, clouds, lists, lookup, waiting, ending);
        }
        if (method.getName().equals("List" + type.service().getName())) {
            return new ListMethod(method, response, type, clouds, lists, completion);
        }
        return switch (verb(method, type)) {
            case "Get" -> new GetMethod(method, response, type, clouds, lookup, completion);
            case "Create" ->
                // One whose repeats are found by other means than their content is answered by a class.
                type.options().getRequestId().getKind() == RequestIdKind.REQUEST_ID_KIND_CONTENT
                        ? new CreateMethod(method, response, type, clouds, lists, lookup, references)
                        : null;
            case "Update" -> new UpdateMethod(method, response, type, clouds, lists, lookup, completion);
            case "Delete" ->
                new DeleteMethod(method, response, type, clouds, lists, lookup, waiting, ending, added.cleanup());
            case "WaitFor" ->
                ending == null
                        ? null
                        : new WaitMethod(method, response, type, clouds, lists, references, waiting, ending, added);
            default -> null;
        };
    }

    /** What stands before the resource's noun in the name of the method; empty when it is about something else. */
    private static String verb(MethodDescriptor method, ResourceType type) {
        String name = method.getName();
        return name.endsWith(type.noun())
                ? name.substring(0, name.length() - type.noun().length())
                : "";
    }
}
