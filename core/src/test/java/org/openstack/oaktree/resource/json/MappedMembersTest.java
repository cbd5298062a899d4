package org.openstack.oaktree.resource.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.ExtendedApi;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.rest.v1.Rest;

/**
 * Every JSON member that a field is mapped to was seen with a value in an answer of a real cloud, or stands in {@code golden/unseen.tsv}
 * with the reason why not. A wrong path in a proto file would otherwise be released unseen, and stay for ever.
 */
class MappedMembersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final int FIRST_OWN_FIELD = 10;

    /** Mapped paths, for example {@code Volume encrypted}, and whether a value was seen there. */
    private final Map<String, Boolean> mapped = new TreeMap<>();

    @Test
    void everyMappedMemberWasSeenOrHasAReason() throws IOException {
        for (ServiceDescriptor service : ExtendedApi.load().services()) {
            if (service.getOptions().hasExtension(Rest.resource)) {
                look(service, service.getOptions().getExtension(Rest.resource));
            }
        }
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(GOLDEN.resolve("unseen.tsv"))) {
            String[] cells = line.split("\t", -1);
            assertThat(cells).as(line).hasSize(2).doesNotContain("");
            reasons.put(cells[0], cells[1]);
        }
        List<String> unseen = mapped.keySet().stream()
                .filter(path -> !Objects.requireNonNull(mapped.get(path)))
                .toList();
        assertThat(unseen)
                .as("mapped and in no recorded answer; or seen by now and still in unseen.tsv")
                .containsExactlyElementsOf(reasons.keySet());
        System.out.println("guard: " + mapped.size() + " mapped JSON members, " + (mapped.size() - unseen.size())
                + " seen in answers of a real cloud, " + unseen.size() + " not, with a reason");
    }

    private void look(ServiceDescriptor service, Resource options) throws IOException {
        String message = options.getMessage();
        Descriptor resource = Objects.requireNonNull(
                service.getFile().findMessageTypeByName(message.substring(message.lastIndexOf('.') + 1)));
        for (Path recorded : recorded(service)) {
            Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(Files.readAllBytes(recorded)));
            for (Object document : documents(answer, options)) {
                fields(resource, document);
                for (String place : List.of(options.getZone(), options.getProject())) {
                    if (!place.isEmpty()) {
                        JsonPath.alternatives(place).forEach(path -> note(resource, path, document));
                    }
                }
                toldOnce(service).forEach(field -> field(field, document));
            }
        }
    }

    /** The fields of Create responses that are read from the resource's document. */
    private static Stream<FieldDescriptor> toldOnce(ServiceDescriptor service) {
        return service.getMethods().stream()
                .filter(method -> method.getName().startsWith("Create"))
                .map(MethodDescriptor::getOutputType)
                .flatMap(response -> response.getFields().stream())
                .filter(field -> field.getNumber() >= FIRST_OWN_FIELD);
    }

    private static List<Path> recorded(ServiceDescriptor service) throws IOException {
        String name = service.getFile().getName().replaceAll("^oaktree/|v\\d+/|\\.proto$", "");
        Path file = GOLDEN.resolve(name);
        try (Stream<Path> files = Files.list(Objects.requireNonNull(file.getParent()))) {
            return files.filter(
                            path -> path.getFileName().toString().matches(file.getFileName() + "(-.*|\\..*)?\\.json"))
                    .filter(path -> !path.getFileName().toString().contains(".request"))
                    .toList();
        }
    }

    private static Collection<?> documents(Map<?, ?> answer, Resource options) {
        if (answer.get(options.getPlural()) instanceof List<?> list) {
            return options.getWrappedItems()
                    ? list.stream()
                            .map(item -> ((Map<?, ?>) item).get(options.getSingular()))
                            .toList()
                    : list;
        }
        return List.of(
                options.getSingular().isEmpty() ? answer : Objects.requireNonNull(answer.get(options.getSingular())));
    }

    private void fields(Descriptor message, @Nullable Object document) {
        message.getFields().forEach(field -> field(field, document));
    }

    private void field(FieldDescriptor field, @Nullable Object document) {
        for (JsonPath path : Options.paths(field)) {
            note(field.getContainingType(), path, document);
            boolean own = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.isMapField()
                    && !field.getMessageType().getFile().getPackage().equals("google.protobuf");
            if (own) {
                // Without a value the inner paths are noted all the same, as not seen.
                fields(field.getMessageType(), null);
                values(document, path.steps())
                        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .forEach(element -> fields(field.getMessageType(), element));
            }
        }
    }

    private void note(Descriptor message, JsonPath path, @Nullable Object document) {
        boolean seen = values(document, path.steps()).findAny().isPresent();
        mapped.merge(message.getName() + " " + text(path), seen, Boolean::logicalOr);
    }

    private static String text(JsonPath path) {
        StringBuilder text = new StringBuilder();
        for (JsonPath.Step step : path.steps()) {
            text.append(
                    switch (step) {
                        case JsonPath.Key key -> (text.isEmpty() ? "" : ".") + key.name();
                        case JsonPath.AnyKey any -> ".*";
                        case JsonPath.Every every -> "[]";
                    });
        }
        return text.toString();
    }

    /** What is at the end of the path and says something: neither null nor an empty text, list or object. */
    private static Stream<Object> values(@Nullable Object value, List<JsonPath.Step> steps) {
        if (value == null || value.equals("") || value.equals(List.of()) || value.equals(Map.of())) {
            return Stream.of();
        }
        if (steps.isEmpty()) {
            return Stream.of(value);
        }
        List<JsonPath.Step> inner = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case JsonPath.Key key ->
                value instanceof Map<?, ?> object ? values(object.get(key.name()), inner) : Stream.of();
            case JsonPath.AnyKey any ->
                value instanceof Map<?, ?> object
                        ? object.values().stream().flatMap(member -> values(member, inner))
                        : Stream.of();
            case JsonPath.Every every ->
                value instanceof List<?> list ? list.stream().flatMap(element -> values(element, inner)) : Stream.of();
        };
    }
}
