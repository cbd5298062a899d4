package org.openstack.oaktree.resource.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.rest.v1.Field;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.v1.Location;

/** What the options of the proto files say of fields and enum values, with the defaults of {@code rest.proto}. */
public final class Options {
    private Options() {}

    /** The field's option; its default instance when it has none. */
    public static Field of(FieldDescriptor field) {
        return field.getOptions().getExtension(Rest.field);
    }

    /** Where the field is in JSON; empty: not in JSON. */
    public static List<JsonPath> paths(FieldDescriptor field) {
        String json = of(field).getJson();
        if (json.equals("-") || of(field).getKey() || isRegular(field)) {
            return List.of();
        }
        return json.isEmpty()
                ? List.of(new JsonPath(List.of(new JsonPath.Key(field.getName()))))
                : JsonPath.alternatives(json);
    }

    /** Whether the field is the location or the properties of a resource: filled by the engine. */
    private static boolean isRegular(FieldDescriptor field) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return false;
        }
        Descriptor type = field.getMessageType();
        return (field.getName().equals("location")
                        && type.getFullName().equals(Location.getDescriptor().getFullName()))
                || (field.getName().equals("properties")
                        && type.getFullName().equals(Struct.getDescriptor().getFullName()));
    }

    /** The cloud's text of an enum value: its option, else its name without the enum's prefix; of value 0 what stands for an unset field, mostly nothing. */
    public static String text(EnumValueDescriptor value) {
        if (isOf2016(value.getType())) {
            return value.getName();
        }
        String text = value.getOptions().getExtension(Rest.value).getText();
        return text.isEmpty() && value.getNumber() > 0
                ? value.getName().substring(prefix(value.getType()).length())
                : text;
    }

    /** The enum's values by the cloud's texts in small letters; what is not among them names none. */
    static Map<String, EnumValueDescriptor> enumValues(EnumDescriptor type) {
        Map<String, EnumValueDescriptor> values = new HashMap<>();
        for (EnumValueDescriptor value : type.getValues()) {
            if (value.getNumber() != 0) {
                values.putIfAbsent(text(value).toLowerCase(Locale.ROOT), value);
            }
        }
        return Map.copyOf(values);
    }

    /** The field that carries the raw text of an enum field, or null. */
    public static @Nullable FieldDescriptor textOf(FieldDescriptor enumField) {
        for (FieldDescriptor field : enumField.getContainingType().getFields()) {
            if (of(field).getTextOf().equals(enumField.getName())) {
                return field;
            }
        }
        return null;
    }

    /** Whether the values are called as clouds say them, the first included: so it was in the API of 2016. */
    private static boolean isOf2016(EnumDescriptor type) {
        return !type.getValues().getFirst().getName().endsWith("UNSPECIFIED");
    }

    /** {@code SERVER_STATUS_} of {@code SERVER_STATUS_UNSPECIFIED}: buf's lint holds that every value begins so. */
    private static String prefix(EnumDescriptor type) {
        String zero = type.getValues().getFirst().getName();
        return zero.substring(0, zero.length() - "UNSPECIFIED".length());
    }
}
