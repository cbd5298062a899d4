package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.v1.ErrorReason;

/** One kind of resource: where it lives in REST and how its documents are read. Compiled once from its service's options; immutable. */
public final class ResourceType {
    private static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(60);

    private final ServiceDescriptor service;
    private final Resource options;
    private final Message prototype;
    private final ResourceReader reader;
    private final String key;

    private ResourceType(ServiceDescriptor service, Resource options, Message prototype, ResourceReader reader) {
        this.service = service;
        this.options = options;
        this.prototype = prototype;
        this.reader = reader;
        this.key = noun().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** The resource behind a service, or null when the service has none and a class serves it. */
    static @Nullable ResourceType of(Api api, ServiceDescriptor service) {
        if (!service.getOptions().hasExtension(Rest.resource)) {
            return null;
        }
        Resource options = service.getOptions().getExtension(Rest.resource);
        Descriptor message = find(service.getFile(), options.getMessage());
        Message prototype = api.prototype(message);
        return new ResourceType(service, options, prototype, new ResourceReader(options, prototype, api::silentPaths));
    }

    private static Descriptor find(FileDescriptor file, String fullName) {
        for (Descriptor type : file.getMessageTypes()) {
            if (type.getFullName().equals(fullName)) {
                return type;
            }
        }
        throw new IllegalStateException(file.getName() + " does not declare " + fullName);
    }

    /** The service that it is declared for. */
    public ServiceDescriptor service() {
        return service;
    }

    /** Where it lives. */
    public Resource options() {
        return options;
    }

    /** Default instance of its message. */
    public Message prototype() {
        return prototype;
    }

    /** Reads its documents. */
    ResourceReader reader() {
        return reader;
    }

    /** Full name of its message, for example {@code oaktree.compute.v1.FloatingIp}. */
    public String message() {
        return options.getMessage();
    }

    /** Its noun, for example {@code FloatingIp}. */
    String noun() {
        return prototype.getDescriptorForType().getName();
    }

    /** Its noun as configuration files write it, for example {@code floating_ip}. */
    String key() {
        return key;
    }

    /** Its noun for people, for example {@code floating ip}. */
    public String words() {
        return key().replace('_', ' ');
    }

    FieldDescriptor id() {
        return field("id");
    }

    FieldDescriptor location() {
        return field("location");
    }

    /** The field that people call it by; the ID of what has no name. */
    FieldDescriptor name() {
        if (!options.getName().isEmpty()) {
            return field(options.getName());
        }
        FieldDescriptor name = prototype.getDescriptorForType().findFieldByName("name");
        return name == null ? id() : name;
    }

    /** Whether resources are identified by their name in URLs too. */
    boolean isIdentifiedByName() {
        return options.getId().equals("name");
    }

    /** Whether each project has exactly one, which has no ID. */
    boolean isSingle() {
        return options.getSingle();
    }

    /** The ID of a resource as URLs write it; empty: there is only one. */
    String id(Message resource) {
        return isSingle() ? "" : resource.getField(id()).toString();
    }

    String name(Message resource) {
        return resource.getField(name()).toString();
    }

    /**
     * Oldest acceptable list where the request says nothing. What is declared to change by itself keeps its short age when a configuration
     * lets everything be old: only the resource's own setting makes it older.
     */
    Duration maxAge(CloudConfig config) {
        Optional<Duration> own = config.maxAge(key());
        if (options.getMaxAgeSeconds() > 0) {
            return own.orElse(Duration.ofSeconds(options.getMaxAgeSeconds()));
        }
        return own.or(config::maxAge).orElse(DEFAULT_MAX_AGE);
    }

    /** An error about resources of this type at that place. */
    public OaktreeException.Builder error(Cloud cloud, ErrorReason reason, String message) {
        return OaktreeException.of(reason, message)
                .place(cloud.config().name(), cloud.config().region())
                .service(options.getServiceType());
    }

    private FieldDescriptor field(String name) {
        FieldDescriptor field = prototype.getDescriptorForType().findFieldByName(name);
        if (field == null) {
            throw new IllegalStateException(message() + " has no field " + name);
        }
        return field;
    }

    @Override
    public String toString() {
        return message();
    }
}
