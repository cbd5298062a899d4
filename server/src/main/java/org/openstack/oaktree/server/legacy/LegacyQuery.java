package org.openstack.oaktree.server.legacy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.legacy.Filter;
import org.openstack.oaktree.resource.query.ResourceQuery;
import org.openstack.oaktree.v1.Query;

/** What a filter of 2016 says beside place and name: an expression, and fields, whose values are text whatever their type. */
final class LegacyQuery {
    private final ResourceQuery query;

    /**
     * Reads the filter.
     *
     * @param type of the messages that are to be filtered
     * @throws OaktreeException INVALID_FIELD
     */
    LegacyQuery(Filter filter, Descriptor type) {
        Query.Builder words = Query.newBuilder().setJmespath(filter.getJmespath());
        filter.getFilterMap()
                .forEach((name, text) ->
                        words.getFilterBuilder().putFields(name, value(name, type.findFieldByName(name), text)));
        FieldDescriptor id = type.findFieldByName("id");
        // Names are no part of this query: today's List has looked at them.
        query = new ResourceQuery(words.build(), id, id);
    }

    /** Those that match. */
    <L extends Message> List<L> apply(List<L> resources) {
        return query.apply(resources);
    }

    private static Value value(String name, @Nullable FieldDescriptor field, String text) {
        Value.Builder value = Value.newBuilder();
        if (field == null) {
            return value.setStringValue(text).build();
        }
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE ->
                value.setNumberValue(number(name, text)).build();
            case BOOLEAN -> value.setBoolValue(flag(name, text)).build();
            default -> value.setStringValue(text).build();
        };
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw OaktreeException.invalidField("filter." + name, "must be a number");
        }
    }

    private static boolean flag(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw OaktreeException.invalidField("filter." + name, "must be true or false");
        };
    }
}
