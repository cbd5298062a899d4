package org.openstack.oaktree.resource.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.rest.v1.Convert;

/**
 * Reads one field from one member of a JSON object. Reading is lenient: numbers and booleans may be text, null and empty text leave
 * the field unset. What does not fit is left unset and reported, so that the member is kept in {@code properties}.
 */
final class FieldReader {
    private static final int MOST_DIGITS = 1000;

    private final FieldDescriptor field;
    private final Message.Builder prototype;
    private final List<JsonPath.Step> inner;
    private final @Nullable MessageReader elements;
    private final @Nullable FieldDescriptor keyField;
    private final boolean presence;
    private final boolean base64;
    private final boolean textKept;
    private final Map<String, EnumValueDescriptor> enumValues;

    /** 0 for the preferred alternative of the field's path, 1 for the next. */
    final int rank;

    FieldReader(
            FieldDescriptor field,
            Message.Builder prototype,
            JsonPath path,
            int rank,
            @Nullable MessageReader elements) {
        this.field = field;
        this.prototype = prototype;
        this.inner = path.inner();
        this.rank = rank;
        this.elements = elements;
        this.keyField = elements == null ? null : elements.keyField();
        Convert convert = Options.of(field).getConvert();
        this.presence = convert == Convert.CONVERT_PRESENCE;
        this.base64 = convert == Convert.CONVERT_BASE64;
        boolean isEnum = field.getJavaType() == FieldDescriptor.JavaType.ENUM;
        this.textKept = isEnum && Options.textOf(field) != null;
        this.enumValues = isEnum ? Options.enumValues(field.getEnumType()) : Map.of();
    }

    FieldDescriptor field() {
        return field;
    }

    /** Reads the member's value into the message. Returns whether all that is at the field's place fitted. */
    boolean read(@Nullable Object member, Message.Builder into) {
        return walk(member, 0, null, into);
    }

    private boolean walk(@Nullable Object value, int step, @Nullable String key, Message.Builder into) {
        if (step == inner.size()) {
            return set(value, key, into);
        }
        if (value == null) {
            return true;
        }
        return switch (inner.get(step)) {
            case JsonPath.Key name ->
                !(value instanceof Map<?, ?> object) || walk(object.get(name.name()), step + 1, key, into);
            case JsonPath.AnyKey any -> {
                boolean fits = true;
                if (value instanceof Map<?, ?> object) {
                    for (Map.Entry<?, ?> member : object.entrySet()) {
                        fits &= walk(member.getValue(), step + 1, (String) member.getKey(), into);
                    }
                }
                yield fits;
            }
            case JsonPath.Every every -> {
                boolean fits = true;
                if (value instanceof List<?> list) {
                    for (Object element : list) {
                        fits &= walk(element, step + 1, key, into);
                    }
                }
                yield fits;
            }
        };
    }

    private boolean set(@Nullable Object value, @Nullable String key, Message.Builder into) {
        if (presence) {
            into.setField(field, !isNothing(value));
            return true;
        }
        if (value == null || value.equals("")) {
            return true;
        }
        if (field.isMapField()) {
            return value instanceof Map<?, ?> object && setMap(object, into);
        }
        if (field.isRepeated() && value instanceof List<?> list) {
            boolean fits = true;
            for (Object element : list) {
                fits &= set(element, key, into);
            }
            return fits;
        }
        if (value instanceof List<?> list && !takesLists()) {
            // Several where the message has room for one: the first; the others keep the member in properties.
            return list.isEmpty() || (set(list.getFirst(), key, into) && list.size() == 1);
        }
        Object converted = convert(field, value, key);
        if (converted == null) {
            return false;
        }
        if (field.isRepeated()) {
            into.addRepeatedField(field, converted);
        } else {
            into.setField(field, converted);
        }
        return true;
    }

    private boolean takesLists() {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFile().getPackage().equals("google.protobuf");
    }

    private boolean setMap(Map<?, ?> object, Message.Builder into) {
        FieldDescriptor keys = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor values = field.getMessageType().findFieldByNumber(2);
        boolean fits = true;
        for (Map.Entry<?, ?> member : object.entrySet()) {
            Object value = member.getValue() == null ? "" : convert(values, member.getValue(), null);
            if (value == null) {
                fits = false;
                continue;
            }
            Message entry = into.newBuilderForField(field)
                    .setField(keys, member.getKey())
                    .setField(values, value)
                    .build();
            into.addRepeatedField(field, entry);
        }
        return fits;
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || value.equals("");
    }

    /** The value in the field's type, or null when it does not fit. */
    private @Nullable Object convert(FieldDescriptor type, Object value, @Nullable String key) {
        return switch (type.getJavaType()) {
            case STRING -> value instanceof Map || value instanceof List ? null : text(value);
            case BOOLEAN -> bool(value);
            case INT -> {
                BigDecimal number = number(value);
                yield number == null || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
                        ? null
                        : (Object) number.intValue();
            }
            case LONG -> {
                BigDecimal number = number(value);
                yield number == null || number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                        ? null
                        : (Object) number.longValue();
            }
            case DOUBLE -> {
                BigDecimal number = number(value);
                yield number == null ? null : (Object) number.doubleValue();
            }
            case FLOAT -> {
                BigDecimal number = number(value);
                yield number == null ? null : (Object) number.floatValue();
            }
            case ENUM -> enumValue(type, value);
            case BYTE_STRING -> value instanceof String text ? bytes(text) : null;
            case MESSAGE -> message(type, value, key);
        };
    }

    private @Nullable EnumValueDescriptor enumValue(FieldDescriptor type, Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        EnumValueDescriptor known = enumValues.get(text.toLowerCase(Locale.ROOT));
        return known == null && textKept ? type.getEnumType().findValueByNumber(0) : known;
    }

    private @Nullable Object message(FieldDescriptor type, Object value, @Nullable String key) {
        String name = type.getMessageType().getFullName();
        if (name.equals(Timestamp.getDescriptor().getFullName())) {
            return value instanceof String text ? Times.parse(text) : null;
        }
        if (name.equals(Struct.getDescriptor().getFullName())) {
            return value instanceof Map<?, ?> object ? Structs.struct(object) : null;
        }
        if (name.equals(Value.getDescriptor().getFullName())) {
            return Structs.value(value);
        }
        if (name.equals(ListValue.getDescriptor().getFullName())) {
            return value instanceof List<?> list ? Structs.list(list) : null;
        }
        if (elements == null || !(value instanceof Map<?, ?> object)) {
            return null;
        }
        Message.Builder element = prototype.newBuilderForField(type);
        elements.read(object, element);
        if (keyField != null && key != null) {
            element.setField(keyField, key);
        }
        return element.build();
    }

    /** Numbers are written out as far as that is readable: 1e99999999 would be a hundred million digits. */
    private static String text(Object value) {
        return value instanceof BigDecimal number
                        && Math.abs((long) number.precision() - number.scale()) <= MOST_DIGITS
                        && number.precision() <= MOST_DIGITS
                ? number.toPlainString()
                : value.toString();
    }

    private static @Nullable Boolean bool(Object value) {
        return switch (value) {
            case Boolean bool -> bool;
            case String text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                };
            default -> null;
        };
    }

    private static @Nullable BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case String text -> {
                try {
                    yield text.length() > 40 ? null : new BigDecimal(text);
                } catch (NumberFormatException e) {
                    yield null;
                }
            }
            default -> null;
        };
    }

    private @Nullable ByteString bytes(String text) {
        try {
            return base64 ? ByteString.copyFrom(Base64.getDecoder().decode(text)) : ByteString.copyFromUtf8(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
