package org.openstack.oaktree.resource.json;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as {@code google.protobuf.Value} and back. */
public final class Structs {
    /** Largest integer that a double, and so a Value, holds exactly. */
    private static final long EXACT = 1L << 53;

    private Structs() {}

    /** The value; integers beyond 2^53 become text, because a Value holds doubles. */
    public static Value value(@Nullable Object json) {
        return switch (json) {
            case null -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            case String text -> text(text);
            case Boolean bool -> Value.newBuilder().setBoolValue(bool).build();
            case BigInteger number -> text(number.toString());
            case Long number ->
                number >= -EXACT && number <= EXACT
                        ? Value.newBuilder().setNumberValue(number).build()
                        : text(number.toString());
            case Number number ->
                Value.newBuilder().setNumberValue(number.doubleValue()).build();
            case Map<?, ?> object ->
                Value.newBuilder().setStructValue(struct(object)).build();
            case List<?> list -> Value.newBuilder().setListValue(list(list)).build();
            default -> throw new IllegalArgumentException("no JSON value: " + json.getClass());
        };
    }

    static Struct struct(Map<?, ?> object) {
        Struct.Builder struct = Struct.newBuilder();
        object.forEach((name, member) -> struct.putFields((String) name, value(member)));
        return struct.build();
    }

    static ListValue list(List<?> list) {
        ListValue.Builder values = ListValue.newBuilder();
        list.forEach(element -> values.addValues(value(element)));
        return values.build();
    }

    /** The JSON value of a Value; whole numbers are integers again. */
    public static @Nullable Object json(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRUCT_VALUE -> json(value.getStructValue());
            case LIST_VALUE -> {
                List<@Nullable Object> list = new ArrayList<>();
                value.getListValue().getValuesList().forEach(element -> list.add(json(element)));
                yield list;
            }
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    /** The JSON object of a Struct. */
    public static Map<String, @Nullable Object> json(Struct struct) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, member) -> object.put(name, json(member)));
        return object;
    }

    private static Number number(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
            return (long) value;
        }
        return BigDecimal.valueOf(value);
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
