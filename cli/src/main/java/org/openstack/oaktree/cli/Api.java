package org.openstack.oaktree.cli;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openstack.oaktree.rest.v1.Rest;

/** Every service of the API with its comments, read from the descriptors that the build of proto leaves on the class path. */
final class Api {
    private static final String DESCRIPTORS = "/oaktree.binpb";
    private static final Pattern PACKAGE = Pattern.compile("oaktree\\.[a-z]+\\.v[0-9]+");

    private final Map<String, FileDescriptor> files;
    private final Map<FileDescriptor, Map<List<Integer>, String>> comments = new HashMap<>();

    private Api(Map<String, FileDescriptor> files) {
        this.files = files;
    }

    static Api load() {
        ExtensionRegistry options = ExtensionRegistry.newInstance();
        Rest.registerAllExtensions(options);
        try (InputStream in = Api.class.getResourceAsStream(DESCRIPTORS)) {
            if (in == null) {
                throw new IllegalStateException(DESCRIPTORS + " is missing from the class path");
            }
            Map<String, FileDescriptor> files = new LinkedHashMap<>();
            for (FileDescriptorProto file :
                    FileDescriptorSet.parseFrom(in, options).getFileList()) {
                // Files that a file needs stand before it in the set.
                FileDescriptor[] needed =
                        file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
                files.put(file.getName(), FileDescriptor.buildFrom(file, needed));
            }
            return new Api(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(DESCRIPTORS + ": " + e.getMessage(), e);
        }
    }

    /** The services of the API proper, not those of 2016. */
    List<ServiceDescriptor> services() {
        List<ServiceDescriptor> services = new ArrayList<>();
        for (FileDescriptor file : files.values()) {
            if (PACKAGE.matcher(file.getPackage()).matches()) {
                services.addAll(file.getServices());
            }
        }
        return services;
    }

    /** The comment above a method, as one paragraph. */
    String comment(MethodDescriptor method) {
        return comment(
                method.getFile(),
                List.of(
                        FileDescriptorProto.SERVICE_FIELD_NUMBER,
                        method.getService().getIndex(),
                        2,
                        method.getIndex()));
    }

    /** The comment above a service, as one paragraph. */
    String comment(ServiceDescriptor service) {
        return comment(service.getFile(), List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex()));
    }

    /** The comment above a field, as one paragraph. */
    String comment(FieldDescriptor field) {
        List<Integer> path = new ArrayList<>(path(field.getContainingType()));
        path.add(2);
        path.add(field.getIndex());
        return comment(field.getFile(), path);
    }

    private static List<Integer> path(Descriptor message) {
        Descriptor parent = message.getContainingType();
        if (parent == null) {
            return List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, message.getIndex());
        }
        List<Integer> path = new ArrayList<>(path(parent));
        path.add(3);
        path.add(message.getIndex());
        return path;
    }

    private String comment(FileDescriptor file, List<Integer> path) {
        return comments.computeIfAbsent(file, Api::comments).getOrDefault(path, "");
    }

    private static Map<List<Integer>, String> comments(FileDescriptor file) {
        Map<List<Integer>, String> comments = new HashMap<>();
        for (SourceCodeInfo.Location location :
                file.toProto().getSourceCodeInfo().getLocationList()) {
            if (location.hasLeadingComments()) {
                comments.put(
                        location.getPathList(),
                        location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " "));
            }
        }
        return comments;
    }
}
