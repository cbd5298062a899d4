package org.openstack.oaktree.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Options made from a request's own fields (numbers 9 to 98 and properties), with the comments of the proto file as their description. */
final class RequestOptions {
    private static final int FIRST = Fields.PARENT;

    private final CommandSpec command;
    private final Descriptor request;
    private final Set<String> files;
    private final List<OptionWord> words;
    private final int argument;
    /** What was given for words of which each value makes an element, in the order in which it was given. */
    private final List<Map.Entry<OptionWord, String>> elements = new ArrayList<>();

    /**
     * Options for a request.
     *
     * @param section what the client calls them, and which of them take the name of a file that has the value
     * @param argument number of the field that is no option but an argument of the command; 0: none is
     */
    RequestOptions(CommandSpec command, Descriptor request, ColumnTable.Section section, int argument) {
        this.argument = argument;
        this.command = command;
        this.request = request;
        this.files = section.files();
        this.words = section.words().stream()
                .filter(word -> request.findFieldByName(word.field()) != null)
                .toList();
    }

    List<OptionSpec> options(Api api) {
        Stream<OptionSpec> own =
                request.getFields().stream().filter(this::isOption).map(field -> option(field, comment(field, api)));
        Stream<OptionSpec> made = words.stream()
                .filter(OptionWord::makesElement)
                .map(word -> element(word, request.findFieldByName(word.field()), api));
        return Stream.concat(own, made).toList();
    }

    /** Whether the user gave any of them. */
    boolean areGiven() {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(request);
        fill(message);
        return !message.getAllFields().isEmpty();
    }

    /** Puts what the user gave into the request. */
    void fill(DynamicMessage.Builder message) {
        Given given = new Given(command);
        for (FieldDescriptor field : request.getFields()) {
            if (isOption(field)) {
                given.value(name(field)).ifPresent(value -> {
                    set(message, field, value);
                    word(field)
                            .map(word -> request.findFieldByName(word.flag()))
                            .ifPresent(flag -> message.setField(flag, true));
                });
            }
        }
        for (Map.Entry<OptionWord, String> each : elements) {
            OptionWord word = each.getKey();
            FieldDescriptor field = request.findFieldByName(word.field());
            message.addRepeatedField(field, element(word, field.getMessageType(), each.getValue()));
        }
    }

    /** Whether the field has an option for itself, under its own name or as the client calls it. */
    private boolean isOption(FieldDescriptor field) {
        return field.getNumber() >= FIRST
                && field.getNumber() != argument
                && (word(field).isPresent()
                        || words.stream().noneMatch(word -> word.fields().contains(field.getName())));
    }

    /** What the client calls the field's option; empty: nothing, or that option only makes elements. */
    private Optional<OptionWord> word(FieldDescriptor field) {
        return words.stream()
                .filter(word -> word.field().equals(field.getName()) && !word.makesElement())
                .findFirst();
    }

    /** The proto file's comment; before it that of the flag which the same option sets. */
    private String comment(FieldDescriptor field, Api api) {
        return word(field)
                .map(word -> request.findFieldByName(word.flag()))
                .map(flag -> api.comment(flag) + " " + api.comment(field))
                .orElseGet(() -> api.comment(field));
    }

    private String name(FieldDescriptor field) {
        return word(field).map(OptionWord::option).orElseGet(() -> {
            String name = field.getNumber() == Fields.PROPERTIES ? "property" : field.getName();
            return "--" + name.replace('_', '-');
        });
    }

    private OptionSpec element(OptionWord word, FieldDescriptor field, Api api) {
        FieldDescriptor inner = word.whole()
                .map(name -> field.getMessageType().findFieldByName(name))
                .orElse(null);
        OptionSpec.Builder option = inner == null
                ? Options.values(
                        word.option(),
                        "KEY=VALUE[,...]",
                        api.comment(field) + " Keys: "
                                + String.join(", ", word.keys().keySet()) + ". May be given several times.")
                : Options.values(word.option(), label(inner), api.comment(inner) + " May be given several times.");
        // Options of several names make elements of one list: picocli keeps the order only within each.
        return option.parameterConsumer((arguments, argument, spec) -> {
                    if (arguments.isEmpty()) {
                        throw new MissingParameterException(
                                spec.commandLine(),
                                argument,
                                "Missing required parameter for option '" + word.option() + "'");
                    }
                    elements.add(Map.entry(word, arguments.pop()));
                })
                .build();
    }

    private DynamicMessage element(OptionWord word, Descriptor type, String text) {
        DynamicMessage.Builder element = DynamicMessage.newBuilder(type);
        if (word.whole().isPresent()) {
            FieldDescriptor inner = type.findFieldByName(word.whole().get());
            return element.setField(inner, single(inner, text)).build();
        }
        for (String part : text.split(",", -1)) {
            Map.Entry<String, String> pair = pair(part)
                    .filter(candidate -> word.keys().containsKey(candidate.getKey()))
                    .orElseThrow(() -> new ParameterException(
                            command.commandLine(),
                            word.option() + ": '" + part + "' is not KEY=VALUE with one of the keys "
                                    + String.join(", ", word.keys().keySet())));
            FieldDescriptor inner = type.findFieldByName(word.keys().get(pair.getKey()));
            if (element.hasField(inner)) {
                throw new ParameterException(
                        command.commandLine(), word.option() + ": '" + part + "' says again what was said before it");
            }
            element.setField(inner, single(inner, pair.getValue()));
        }
        return element.build();
    }

    private OptionSpec option(FieldDescriptor field, String comment) {
        String name = name(field);
        if (field.getType() == FieldDescriptor.Type.BOOL && !field.isRepeated()) {
            return Options.flag(name, comment).negatable(field.hasPresence()).build();
        }
        if (isStruct(field) || field.isMapField()) {
            return Options.values(name, "KEY=VALUE", comment + " May be given several times.")
                    .build();
        }
        OptionSpec.Builder option = field.isRepeated()
                ? Options.values(name, label(field), comment + " May be given several times.")
                : Options.value(name, label(field), comment);
        return option.required(field.getNumber() == Fields.PARENT).build();
    }

    private String label(FieldDescriptor field) {
        if (files.contains(field.getName()) || field.getType() == FieldDescriptor.Type.BYTES) {
            return "FILE";
        }
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE -> "NUMBER";
            case BOOLEAN -> "true|false";
            case ENUM ->
                String.join(
                        "|",
                        field.getEnumType().getValues().stream()
                                .filter(value -> value.getNumber() != 0)
                                .map(EnumNames::word)
                                .toList());
            case MESSAGE ->
                switch (field.getMessageType().getFullName()) {
                    case "google.protobuf.Duration" -> "DURATION";
                    case "google.protobuf.Timestamp" -> "TIME";
                    default -> "JSON";
                };
            case STRING, BYTE_STRING -> "TEXT";
        };
    }

    private void set(DynamicMessage.Builder message, FieldDescriptor field, Object value) {
        if (value instanceof Boolean flag) {
            message.setField(field, flag);
        } else if (isStruct(field)) {
            Struct.Builder struct = Struct.newBuilder();
            for (Object pair : (List<?>) value) {
                Map.Entry<String, String> entry = pair(field, (String) pair);
                struct.putFields(entry.getKey(), JsonWords.value(entry.getValue()));
            }
            message.setField(field, convert(field.getMessageType(), struct.build()));
        } else if (field.isMapField()) {
            Descriptor type = field.getMessageType();
            for (Object pair : (List<?>) value) {
                Map.Entry<String, String> entry = pair(field, (String) pair);
                FieldDescriptor key = type.findFieldByNumber(1);
                FieldDescriptor element = type.findFieldByNumber(2);
                message.addRepeatedField(
                        field,
                        DynamicMessage.newBuilder(type)
                                .setField(key, single(key, entry.getKey()))
                                .setField(element, single(element, entry.getValue()))
                                .build());
            }
        } else if (field.isRepeated()) {
            List<Object> items = new ArrayList<>();
            for (Object item : (List<?>) value) {
                items.add(single(field, (String) item));
            }
            message.setField(field, items);
        } else {
            message.setField(field, single(field, (String) value));
        }
    }

    private Object single(FieldDescriptor field, String text) {
        try {
            return switch (field.getJavaType()) {
                case STRING -> files.contains(field.getName()) ? readText(field, text) : text;
                case BYTE_STRING -> read(field, text);
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> truth(text);
                case ENUM -> EnumNames.value(field.getEnumType(), text);
                case MESSAGE -> message(field, text);
            };
        } catch (NumberFormatException e) {
            throw wrong(
                    field,
                    "'" + text + "' is no "
                            + (field.getJavaType() == FieldDescriptor.JavaType.INT
                                    ? "whole number of 32 bits"
                                    : "number"));
        } catch (IllegalArgumentException e) {
            throw wrong(field, String.valueOf(e.getMessage()));
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private Message message(FieldDescriptor field, String text) {
        Descriptor type = field.getMessageType();
        try {
            return switch (type.getFullName()) {
                case "google.protobuf.Duration" -> {
                    java.time.Duration span = Durations.parse(command, name(field), text);
                    yield convert(
                            type,
                            Duration.newBuilder()
                                    .setSeconds(span.getSeconds())
                                    .setNanos(span.getNano())
                                    .build());
                }
                case "google.protobuf.Timestamp" -> {
                    Timestamp time = Timestamps.parse(text);
                    yield convert(type, time);
                }
                default -> {
                    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
                    JsonFormat.parser().merge(text, message);
                    yield message.build();
                }
            };
        } catch (ParseException | InvalidProtocolBufferException e) {
            throw wrong(field, String.valueOf(e.getMessage()));
        }
    }

    /** An empty text would mean what no option means: without a public key the cloud makes a pair. */
    private String readText(FieldDescriptor field, String file) {
        String text = read(field, file).toStringUtf8();
        if (text.isBlank()) {
            throw wrong(field, "the file " + file + " is empty");
        }
        return text;
    }

    private ByteString read(FieldDescriptor field, String file) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw wrong(field, "the file " + file + " cannot be read: " + IoFailures.reason(e));
        }
    }

    private Map.Entry<String, String> pair(FieldDescriptor field, String text) {
        return pair(text).orElseThrow(() -> wrong(field, "'" + text + "' is not KEY=VALUE"));
    }

    /** Key and value around the first {@code =}. */
    static Optional<Map.Entry<String, String>> pair(String text) {
        int equals = text.indexOf('=');
        return equals > 0
                ? Optional.of(Map.entry(text.substring(0, equals), text.substring(equals + 1)))
                : Optional.empty();
    }

    /** The same message by another descriptor of its type. */
    static DynamicMessage convert(Descriptor type, Message message) {
        try {
            return DynamicMessage.parseFrom(type, message.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isStruct(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isRepeated()
                && field.getMessageType()
                        .getFullName()
                        .equals(Struct.getDescriptor().getFullName());
    }

    private ParameterException wrong(FieldDescriptor field, String message) {
        return new ParameterException(command.commandLine(), name(field) + ": " + message);
    }
}
