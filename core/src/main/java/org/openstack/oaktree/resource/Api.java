package org.openstack.oaktree.resource;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openstack.oaktree.DefaultInstances;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.rest.v1.Rest;

/** The API's services and the Java classes of its messages, found through the descriptors. Safe for use by many threads. */
public final class Api {
    private static final String DESCRIPTORS = "/oaktree.binpb";

    private final List<ServiceDescriptor> services;
    private final Map<String, Message> prototypes = new ConcurrentHashMap<>();

    private final Map<String, List<String>> silent = new HashMap<>();

    private Api(List<ServiceDescriptor> services) {
        this.services = List.copyOf(services);
        for (ServiceDescriptor service : services) {
            Resource resource = service.getOptions().getExtension(Rest.resource);
            List<String> paths = new ArrayList<>(resource.getIgnoreList());
            paths.add(resource.getZone());
            paths.add(resource.getProject());
            silent.put(resource.getMessage(), List.copyOf(paths));
        }
    }

    /** JSON paths in the documents of a message that no field reads and that all the same count as read. */
    List<String> silentPaths(String message) {
        return silent.getOrDefault(message, List.of());
    }

    /** The API that this program was built with: every service below {@code oaktree.}, in the order of their files. */
    public static Api load() {
        List<ServiceDescriptor> services = new ArrayList<>();
        try (InputStream in = Api.class.getResourceAsStream(DESCRIPTORS)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + DESCRIPTORS);
            }
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
                if (file.getPackage().startsWith("oaktree.") && file.getServiceCount() > 0) {
                    services.addAll(generated(file).getServices());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Api(services);
    }

    /**
     * This API and the services of further proto files. Their messages need no generated classes.
     *
     * @param descriptors the files and what they import, as protoc writes them
     */
    public Api with(InputStream descriptors) throws IOException {
        ExtensionRegistry options = ExtensionRegistry.newInstance();
        Rest.registerAllExtensions(options);
        Map<String, FileDescriptor> files = new HashMap<>();
        services.forEach(service -> addWithImports(service.getFile(), files));
        List<ServiceDescriptor> all = new ArrayList<>(services);
        for (FileDescriptorProto file :
                FileDescriptorSet.parseFrom(descriptors, options).getFileList()) {
            if (!files.containsKey(file.getName())) {
                FileDescriptor linked = linked(file, files);
                files.put(file.getName(), linked);
                all.addAll(linked.getServices());
            }
        }
        return new Api(all);
    }

    private static void addWithImports(FileDescriptor file, Map<String, FileDescriptor> files) {
        if (files.put(file.getName(), file) == null) {
            file.getDependencies().forEach(imported -> addWithImports(imported, files));
        }
    }

    /** The file's descriptor; protoc writes every file behind those that it imports. */
    private static FileDescriptor linked(FileDescriptorProto file, Map<String, FileDescriptor> files) {
        FileDescriptor[] imports =
                file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
        try {
            return FileDescriptor.buildFrom(file, imports);
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(file.getName() + " does not fit its imports", e);
        }
    }

    /** Every service. */
    public List<ServiceDescriptor> services() {
        return services;
    }

    /** The default instance of a message: of its generated class where there is one. */
    public Message prototype(Descriptor type) {
        return prototypes.computeIfAbsent(type.getFullName(), name -> DefaultInstances.of(type));
    }

    /** The descriptor inside the generated code, which has the options parsed; the one in the resource has them as raw bytes. */
    private static FileDescriptor generated(FileDescriptorProto file) {
        String name = file.getOptions().getJavaPackage() + "."
                + file.getMessageType(0).getName();
        try {
            Descriptor first =
                    (Descriptor) Class.forName(name).getMethod("getDescriptor").invoke(null);
            return first.getFile();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no class was generated for " + file.getName(), e);
        }
    }
}
