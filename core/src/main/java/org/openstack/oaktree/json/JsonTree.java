package org.openstack.oaktree.json;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON values: maps, lists, text, numbers (Long, BigInteger, BigDecimal), booleans and null. What is read cannot be changed.
 * Lists of resources are never read whole: only one member of one resource at a time becomes such a value.
 */
public final class JsonTree {
    /** Deeper or larger values than these are no answer of an OpenStack service. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(20_000_000)
                    .build())
            .build();

    private JsonTree() {}

    /** A parser over a whole document. */
    public static JsonParser parser(InputStream in) {
        return FACTORY.createParser(ObjectReadContext.empty(), in);
    }

    /** A parser over a whole document. */
    public static JsonParser parser(byte[] bytes) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes);
    }

    /**
     * Reads a whole document.
     *
     * @throws tools.jackson.core.JacksonException when it is not JSON, or empty
     */
    public static @Nullable Object read(byte[] bytes) {
        return read(parser(bytes));
    }

    /**
     * Reads a whole document.
     *
     * @throws tools.jackson.core.JacksonException when it is not JSON, or empty
     */
    public static @Nullable Object read(InputStream in) {
        return read(parser(in));
    }

    private static @Nullable Object read(JsonParser opened) {
        try (JsonParser parser = opened) {
            if (parser.nextToken() == null) {
                throw new StreamReadException(parser, "The document is empty");
            }
            return value(parser);
        }
    }

    /** Reads the value at the parser's current token and leaves the parser at its last token. */
    public static @Nullable Object value(JsonParser parser) {
        return value(parser, JsonParser::getDecimalValue);
    }

    /**
     * Reads the value at the parser's current token and leaves the parser at its last token.
     *
     * @param fraction reads a number that is not an integer
     */
    public static @Nullable Object value(JsonParser parser, Function<JsonParser, Number> fraction) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser, fraction));
                }
                yield Collections.unmodifiableMap(object);
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, fraction));
                }
                yield Collections.unmodifiableList(list);
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> fraction.apply(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Number integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }

    /** Writes a value as a document in UTF-8: maps, lists, texts, numbers, truth values and null. */
    public static byte[] write(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(generator, value);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean bool -> generator.writeBoolean(bool);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Map<?, ?> object -> {
                generator.writeStartObject();
                object.forEach((name, member) -> {
                    generator.writeName((String) name);
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                list.forEach(element -> write(generator, element));
                generator.writeEndArray();
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }
}
