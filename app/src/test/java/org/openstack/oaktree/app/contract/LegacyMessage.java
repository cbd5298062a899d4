package org.openstack.oaktree.app.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message of 2016 as bytes on the wire: fields have numbers, no names. */
record LegacyMessage(UnknownFieldSet fields) {
    static LegacyMessage read(byte[] bytes) {
        try {
            return new LegacyMessage(UnknownFieldSet.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A filter: 1 location {1 cloud}, 2 name_or_id, 3 jmespath, 4 filter, whose entries are {1 key, 2 value}. */
    static byte[] filter(String cloud, String nameOrId, String jmespath, Map<String, String> filter) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeByteArray(1, texts(cloud));
            out.writeString(2, nameOrId);
            out.writeString(3, jmespath);
            for (Map.Entry<String, String> entry : filter.entrySet()) {
                out.writeByteArray(4, texts(entry.getKey(), entry.getValue()));
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A message whose fields 1, 2 ... are these. */
    private static byte[] texts(String... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int i = 0; i < values.length; i++) {
            out.writeString(i + 1, values[i]);
        }
        out.flush();
        return bytes.toByteArray();
    }

    boolean has(int number) {
        return fields.hasField(number);
    }

    String text(int number) {
        return String.join("|", texts(number));
    }

    List<String> texts(int number) {
        return fields.getField(number).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }

    long integer(int number) {
        return fields.getField(number).getVarintList().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    float fraction(int number) {
        return fields.getField(number).getFixed32List().stream()
                .map(Float::intBitsToFloat)
                .reduce(0f, Float::sum);
    }

    List<LegacyMessage> messages(int number) {
        return fields.getField(number).getLengthDelimitedList().stream()
                .map(bytes -> read(bytes.toByteArray()))
                .toList();
    }

    /** A map from text to text, whose entries are {1 key, 2 value}. */
    Map<String, String> map(int number) {
        Map<String, String> map = new TreeMap<>();
        messages(number).forEach(entry -> map.put(entry.text(1), entry.text(2)));
        return map;
    }
}
