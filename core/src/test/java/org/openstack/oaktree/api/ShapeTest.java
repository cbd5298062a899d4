package org.openstack.oaktree.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openstack.oaktree.resource.ExtendedApi;
import org.openstack.oaktree.rest.v1.Rest;

/** Requests, responses and resources have the same field numbers everywhere, for ever. */
class ShapeTest {
    private static final Map<String, Map<Integer, String>> REQUESTS = Map.of(
            "List", Map.of(1, "location", 2, "query", 3, "page_size", 4, "page_token", 5, "max_age"),
            "Get", Map.of(1, "location", 2, "*", 5, "max_age"),
            "Create", Map.of(1, "location", 2, "request_id", 3, "name", 4, "wait", 5, "timeout"),
            "Acquire", Map.of(1, "location", 2, "request_id"),
            "Update", Map.of(1, "location", 2, "*", 3, "update_mask", 4, "wait", 5, "timeout"),
            "Delete", Map.of(1, "location", 2, "*", 4, "wait", 5, "timeout"),
            "WaitFor", Map.of(1, "location", 2, "*", 5, "timeout"),
            "Download", Map.of(1, "location", 2, "*", 5, "timeout"),
            "action", Map.of(1, "location", 2, "*", 4, "wait", 5, "timeout"));

    private static final Map<String, Map<Integer, String>> RESPONSES = Map.of(
            "List", Map.of(1, "*", 2, "next_page_token", 3, "as_of", 4, "unreachable"),
            "Get", Map.of(1, "*", 3, "as_of"),
            "Create", Map.of(1, "*", 2, "created"),
            "Acquire", Map.of(1, "*", 2, "created"),
            "Update", Map.of(1, "*"),
            "Delete", Map.of(1, "deleted", 2, "id"),
            "WaitFor", Map.of(1, "*", 3, "as_of"),
            "Download", Map.of(1, "*", 2, "chunk"));

    static Stream<MethodDescriptor> methods() {
        return ExtendedApi.load().services().stream().flatMap(service -> service.getMethods().stream());
    }

    static Stream<ServiceDescriptor> services() {
        return ExtendedApi.load().services().stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void requestsHaveTheRegularShape(MethodDescriptor method) {
        holds(regular(method), REQUESTS.getOrDefault(verb(method), Map.of(1, "location")));
        assertThat(method.getInputType().getName()).isEqualTo(method.getName() + "Request");
        assertThat(method.getOutputType().getName()).isEqualTo(method.getName() + "Response");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void responsesHaveTheRegularShape(MethodDescriptor method) {
        holds(method.getOutputType(), RESPONSES.getOrDefault(verb(method), Map.of()));
    }

    /** The request, or, of a stream of bytes, the first message in it. */
    private static Descriptor regular(MethodDescriptor method) {
        if (!method.isClientStreaming()) {
            return method.getInputType();
        }
        Descriptor part = method.getInputType();
        assertThat(part.getFields()).extracting(FieldDescriptor::getName).contains("chunk", "offset_bytes");
        assertThat(part.findFieldByName("chunk").getContainingOneof())
                .isNotNull()
                .isEqualTo(part.findFieldByNumber(1).getContainingOneof());
        return part.findFieldByNumber(1).getMessageType();
    }

    private static String verb(MethodDescriptor method) {
        if (!method.getOptions().getExtension(Rest.method).getAction().isEmpty()) {
            return "action";
        }
        return REQUESTS.keySet().stream()
                .filter(verb -> method.getName().startsWith(verb))
                .findFirst()
                // What is done to one resource is an action, whatever the cloud calls it.
                .orElse(method.getInputType().findFieldByNumber(2) == null ? "" : "action");
    }

    /** A field that is there has its number; what is not in the table stands behind 8, and 6 to 8 are free. */
    private static void holds(Descriptor message, Map<Integer, String> regular) {
        for (FieldDescriptor field : message.getFields()) {
            int number = field.getNumber();
            if (number < 9) {
                assertThat(regular).as(field.getFullName()).containsKey(number);
                String name = regular.get(number);
                assertThat(name.equals("*") || name.equals(field.getName()))
                        .as(field.getFullName())
                        .isTrue();
            } else {
                assertThat(regular.values()).as(field.getFullName()).doesNotContain(field.getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void resourcesHaveTheRegularShape(ServiceDescriptor service) {
        for (MethodDescriptor method : service.getMethods()) {
            if (!verb(method).equals("List") && !verb(method).equals("Get")) {
                continue;
            }
            FieldDescriptor first = method.getOutputType().findFieldByNumber(1);
            assertThat(first).as(method.getFullName()).isNotNull();
            if (first == null || first.getName().equals("location")) {
                continue;
            }
            Descriptor resource = first.getMessageType();
            boolean single = service.getOptions().getExtension(Rest.resource).getSingle();
            assertThat(names(resource, List.of(1, 2, 99)))
                    .as(resource.getFullName())
                    .containsExactly("location", single ? "" : "id", "properties");
            FieldDescriptor third = resource.findFieldByNumber(3);
            assertThat(third == null || third.getName().equals("name"))
                    .as(resource.getFullName())
                    .isTrue();
        }
    }

    private static List<String> names(Descriptor message, List<Integer> numbers) {
        return numbers.stream()
                .map(message::findFieldByNumber)
                .map(field -> field == null ? "" : field.getName())
                .toList();
    }

    @Test
    void everyStateHasItsTextBesideIt() {
        for (ServiceDescriptor service : ExtendedApi.load().services()) {
            for (Descriptor message : service.getFile().getMessageTypes()) {
                for (FieldDescriptor field : message.getFields()) {
                    if (field.getJavaType() == FieldDescriptor.JavaType.ENUM
                            && field.getName().equals("status")) {
                        assertThat(message.findFieldByName("status_text"))
                                .as(field.getFullName())
                                .isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void countsTheDescriptors() {
        List<ServiceDescriptor> services = ExtendedApi.load().services();
        long methods = services.stream()
                .mapToLong(service -> service.getMethods().size())
                .sum();
        long messages = services.stream()
                .mapToLong(service -> service.getFile().getMessageTypes().size())
                .sum();
        System.out.println("guard: " + services.size() + " services, " + methods + " calls, " + messages
                + " messages, a resource that only tests have among them");
        assertThat(methods).isPositive();
    }
}
