package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resource that commands are about.
 *
 * @param name its words, for example {@code floating ip}
 * @param resource its message
 * @param methods the methods that commands are made of
 */
record Noun(String name, Descriptor resource, Map<Verb, MethodDescriptor> methods) {
    /** What the openstack client calls texts, where that is not what the method does. */
    private static final Map<String, String> TEXTS = Map.of("ServerConsole", "ConsoleLog");

    /** Every resource with at least one method of regular shape, by name. */
    static Map<String, Noun> all(List<ServiceDescriptor> services) {
        Map<String, Noun> nouns = new LinkedHashMap<>();
        for (ServiceDescriptor service : services) {
            for (MethodDescriptor method : service.getMethods()) {
                for (Verb verb : Verb.values()) {
                    verb.subject(method.getName()).ifPresent(subject -> add(nouns, verb, subject, method));
                }
            }
        }
        return nouns;
    }

    /** The one field of an answer that is a text and nothing else; null: it is something else. */
    static @Nullable FieldDescriptor text(MethodDescriptor method) {
        List<FieldDescriptor> fields = method.getOutputType().getFields();
        return fields.size() == 1
                        && fields.getFirst().getType() == FieldDescriptor.Type.STRING
                        && !fields.getFirst().isRepeated()
                ? fields.getFirst()
                : null;
    }

    /** The method of that verb, which must be one of {@link #methods}. */
    MethodDescriptor method(Verb verb) {
        return Objects.requireNonNull(methods.get(verb));
    }

    List<String> words() {
        return List.of(name.split(" "));
    }

    private static void add(Map<String, Noun> nouns, Verb verb, String subject, MethodDescriptor method) {
        if (method.isClientStreaming() != (verb == Verb.CREATE && isUpload(method))
                || method.isServerStreaming() != (verb == Verb.WAIT || verb == Verb.SAVE)) {
            return;
        }
        FieldDescriptor answered = method.getOutputType().findFieldByNumber(Fields.ANSWERED);
        boolean isResource = answered != null
                && answered.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !answered.isMapField();
        switch (verb) {
            case LIST -> {
                if (answered != null && isResource && answered.isRepeated()) {
                    put(nouns, answered.getMessageType().getName(), verb, method, answered.getMessageType());
                }
            }
            case SHOW, CREATE -> {
                if (answered != null && isResource && !answered.isRepeated()) {
                    put(nouns, subject, verb, method, answered.getMessageType());
                } else if (text(method) != null) {
                    put(nouns, TEXTS.getOrDefault(subject, subject), verb, method, method.getOutputType());
                }
            }
            case PRUNE -> {
                String one = subject.substring(0, Math.max(0, subject.length() - 1));
                Descriptor resource = method.getFile().findMessageTypeByName(one);
                if (resource != null) {
                    put(nouns, one, verb, method, resource);
                }
            }
            case SET, SET_METADATA, UNSET, DELETE, REBOOT, START, STOP, WAIT, SAVE, ADD_IP, REMOVE_IP -> {
                Descriptor resource = method.getFile().findMessageTypeByName(subject);
                if (resource != null && method.getInputType().findFieldByNumber(Fields.RESOURCE) != null) {
                    put(nouns, subject, verb, method, resource);
                }
            }
        }
    }

    /** Whether the requests of a stream are first what is wanted, then bytes. */
    private static boolean isUpload(MethodDescriptor method) {
        FieldDescriptor first = method.getInputType().findFieldByNumber(1);
        FieldDescriptor second = method.getInputType().findFieldByNumber(2);
        return method.isClientStreaming()
                && first != null
                && first.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && second != null
                && second.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
    }

    private static void put(
            Map<String, Noun> nouns, String camelCase, Verb verb, MethodDescriptor method, Descriptor resource) {
        String name = camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        nouns.computeIfAbsent(name, _ -> new Noun(name, resource, new EnumMap<>(Verb.class)))
                .methods()
                .put(verb, method);
    }
}
