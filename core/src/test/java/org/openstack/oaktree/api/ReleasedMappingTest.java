package org.openstack.oaktree.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.rest.v1.Rest;

/** What has been released stays mapped to the same place in REST: {@code buf breaking} does not look at options. */
class ReleasedMappingTest {
    private static final Path BASELINE = Path.of("../proto/baseline.binpb");

    @Test
    void whatWasReleasedIsMappedAsItWas() throws IOException {
        Map<String, Message> released;
        try (InputStream in = Files.newInputStream(BASELINE)) {
            released = mappings(in);
        }
        Map<String, Message> now;
        try (InputStream in = Objects.requireNonNull(ReleasedMappingTest.class.getResourceAsStream("/oaktree.binpb"))) {
            now = mappings(in);
        }
        System.out.println("guard: " + released.size() + " released mappings unchanged");
        assertThat(released).hasSizeGreaterThan(100);
        Map<String, String> changed = new TreeMap<>();
        released.forEach((name, mapping) -> {
            if (!mapping.equals(now.get(name))) {
                changed.put(name, mapping + " became " + now.get(name));
            }
        });
        assertThat(changed).isEmpty();
    }

    /** Every service, call, field and enum value with its option. */
    private static Map<String, Message> mappings(InputStream descriptors) throws IOException {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        Rest.registerAllExtensions(registry);
        Map<String, Message> mappings = new TreeMap<>();
        for (FileDescriptorProto file :
                FileDescriptorSet.parseFrom(descriptors, registry).getFileList()) {
            if (!file.getPackage().startsWith("oaktree.")) {
                continue;
            }
            file.getServiceList().forEach(service -> {
                String name = file.getPackage() + "." + service.getName();
                mappings.put(name, service.getOptions().getExtension(Rest.resource));
                service.getMethodList()
                        .forEach(method -> mappings.put(
                                name + "/" + method.getName(),
                                method.getOptions().getExtension(Rest.method)));
            });
            file.getMessageTypeList().forEach(type -> add(mappings, file.getPackage(), type));
            file.getEnumTypeList().forEach(type -> add(mappings, file.getPackage(), type));
        }
        return mappings;
    }

    private static void add(Map<String, Message> mappings, String scope, DescriptorProto type) {
        String name = scope + "." + type.getName();
        type.getFieldList()
                .forEach(field -> mappings.put(
                        name + "." + field.getName(), field.getOptions().getExtension(Rest.field)));
        type.getNestedTypeList().forEach(nested -> add(mappings, name, nested));
        type.getEnumTypeList().forEach(nested -> add(mappings, name, nested));
    }

    private static void add(Map<String, Message> mappings, String scope, EnumDescriptorProto type) {
        type.getValueList()
                .forEach(value -> mappings.put(
                        scope + "." + type.getName() + "." + value.getName(),
                        value.getOptions().getExtension(Rest.value)));
    }
}
