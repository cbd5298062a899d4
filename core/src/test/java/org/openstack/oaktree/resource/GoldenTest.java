package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.TextFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a real cloud answered is read into the messages that are committed beside it. {@code -Dgolden.write=true} writes them anew, to
 * be read in the diff.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private final Map<String, ResourceType> types = types();

    private static Map<String, ResourceType> types() {
        Api api = ExtendedApi.load();
        Map<String, ResourceType> types = new HashMap<>();
        for (ServiceDescriptor service : api.services()) {
            ResourceType type = ResourceType.of(api, service);
            if (type != null) {
                types.put(fileOf(service), type);
            }
        }
        return types;
    }

    /** {@code compute/flavors} of {@code oaktree/compute/v1/flavors.proto}. */
    private static String fileOf(ServiceDescriptor service) {
        return service.getFile().getName().replaceAll("^oaktree/|v\\d+/|\\.proto$", "");
    }

    @Test
    void everyResourceHasARecordedAnswer() {
        assertThat(types)
                .allSatisfy((name, type) -> assertThat(GOLDEN.resolve(name + (type.isSingle() ? ".get.json" : ".json")))
                        .exists());
    }

    @TestFactory
    Stream<DynamicTest> recordedAnswersBecomeTheCommittedMessages() throws IOException {
        List<Path> recorded;
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            recorded = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        return recorded.stream()
                .map(file -> DynamicTest.dynamicTest(GOLDEN.relativize(file).toString(), () -> compare(file)));
    }

    private void compare(Path recorded) throws IOException {
        String name = GOLDEN.relativize(recorded).toString().replaceAll("\\.json$", "");
        ResourceType type = Objects.requireNonNull(types.get(name.replaceAll("(-[^/]*|\\.[^/]*)$", "")), name);
        byte[] json = Files.readAllBytes(recorded);
        List<Document> documents = name.matches(".*\\.(get|create.*)")
                ? List.of(type.reader().single(json))
                : type.reader().page(new ByteArrayInputStream(json)).documents();
        assertThat(documents).isNotEmpty();
        String read = text(documents);
        Path committed =
                recorded.resolveSibling(recorded.getFileName().toString().replaceAll("\\.json$", ".textproto"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(committed, read);
        }
        assertThat(read).isEqualTo(Files.readString(committed));
    }

    private static String text(List<Document> documents) {
        StringBuilder text = new StringBuilder();
        for (Document document : documents) {
            try {
                text.append("# zone: ").append(document.zone()).append('\n');
                text.append("# project: ").append(document.projectId()).append('\n');
                TextFormat.printer().escapingNonAscii(false).print(document.resource(), text);
                text.append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
