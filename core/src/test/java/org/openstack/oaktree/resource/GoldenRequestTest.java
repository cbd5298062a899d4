package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.MessageWriter;
import org.openstack.oaktree.rest.v1.Rest;

/**
 * Create requests become the bodies that the stock client sends for the same: {@code golden-requests/PACKAGE/CALL-*.textproto} is the
 * request, the JSON beside it the recorded body.
 */
class GoldenRequestTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden-requests");

    private final Api api = ExtendedApi.load();

    @TestFactory
    Stream<DynamicTest> requestsBecomeTheRecordedBodies() throws IOException {
        List<Path> requests;
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            requests = files.filter(file -> file.toString().endsWith(".textproto"))
                    .sorted()
                    .toList();
        }
        assertThat(requests).isNotEmpty();
        return requests.stream()
                .map(file -> DynamicTest.dynamicTest(GOLDEN.relativize(file).toString(), () -> compare(file)));
    }

    private void compare(Path file) throws IOException {
        String name = file.getFileName().toString();
        String call = name.substring(0, name.indexOf('-'));
        MethodDescriptor method = api.services().stream()
                .flatMap(service -> service.getMethods().stream())
                .filter(candidate -> candidate.getName().equals(call))
                .findFirst()
                .orElseThrow();
        Message.Builder request = api.prototype(method.getInputType()).newBuilderForType();
        TextFormat.merge(Files.readString(file), request);
        Map<String, @Nullable Object> inside = new LinkedHashMap<>();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        MessageWriter.create(request.build(), inside, body);
        body.put(method.getService().getOptions().getExtension(Rest.resource).getSingular(), inside);
        Path recorded = file.resolveSibling(name.replace(".textproto", ".json"));
        Object expected = Objects.requireNonNull(JsonTree.read(Files.readAllBytes(recorded)));
        assertThat(JsonTree.read(JsonTree.write(body))).isEqualTo(expected);
    }
}
