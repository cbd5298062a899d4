package org.openstack.oaktree.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;

/** Values on the command line whose type nobody declares: what reads as JSON is JSON, all else is text. */
final class JsonWords {
    private JsonWords() {}

    static Value value(String text) {
        if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            return Value.newBuilder().setNumberValue(Double.parseDouble(text)).build();
        }
        return switch (text) {
            case "true" -> Value.newBuilder().setBoolValue(true).build();
            case "false" -> Value.newBuilder().setBoolValue(false).build();
            case "null" -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            default ->
                text.startsWith("{") || text.startsWith("[") || text.startsWith("\"") ? parsed(text) : text(text);
        };
    }

    private static Value parsed(String text) {
        try {
            Value.Builder value = Value.newBuilder();
            JsonFormat.parser().merge(text, value);
            return value.build();
        } catch (InvalidProtocolBufferException e) {
            return text(text);
        }
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
