package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.MessageWriter;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.rest.v1.Clear;

/**
 * What an Update request changes: without a mask every field that is present, with one exactly the fields named. Immutable.
 *
 * @param fields of the request that say so
 * @param set members of the resource's document and their new values
 * @param removed members that shall be there no more
 */
record Changes(Set<FieldDescriptor> fields, Map<String, @Nullable Object> set, Set<String> removed) {
    private static final int MASK = 3;
    private static final int FIRST_OWN_FIELD = 10;
    private static final int PROPERTIES = 99;

    /**
     * The changes of a request.
     *
     * @throws OaktreeException INVALID_FIELD when the mask does not fit the request
     */
    static Changes of(Message request) {
        Map<String, @Nullable Object> set = new LinkedHashMap<>();
        Set<String> removed = new LinkedHashSet<>();
        Set<FieldDescriptor> fields = new LinkedHashSet<>();
        for (FieldDescriptor cleared : cleared(request)) {
            clear(cleared, set, removed);
            fields.add(cleared);
        }
        fields.addAll(request.getAllFields().keySet());
        MessageWriter.create(request, set, set);
        Draft.properties(request).forEach((key, value) -> {
            if (value == null) {
                removed.add(key);
            } else {
                set.put(key, value);
            }
        });
        return new Changes(fields, set, removed);
    }

    boolean isEmpty() {
        return set.isEmpty() && removed.isEmpty();
    }

    /** The fields that the mask names and the request lacks; the mask must name all that it has. */
    private static List<FieldDescriptor> cleared(Message request) {
        FieldDescriptor field = Requests.field(request, MASK);
        if (!request.hasField(field)) {
            return List.of();
        }
        Set<String> named = new LinkedHashSet<>(
                Requests.part(request, field, FieldMask.getDefaultInstance()).getPathsList());
        List<FieldDescriptor> cleared = new ArrayList<>();
        for (String name : named) {
            FieldDescriptor own = request.getDescriptorForType().findFieldByName(name);
            if (own == null || own.getNumber() < FIRST_OWN_FIELD) {
                throw OaktreeException.invalidField(
                        "update_mask", "names `" + name + "`, which is no field that can be changed");
            }
            if (!isPresent(request, own)) {
                cleared.add(own);
            }
        }
        for (FieldDescriptor present : request.getAllFields().keySet()) {
            if (present.getNumber() >= FIRST_OWN_FIELD && !named.contains(present.getName())) {
                throw OaktreeException.invalidField(
                        "update_mask", "does not name `" + present.getName() + "`, which is present");
            }
        }
        return cleared;
    }

    private static boolean isPresent(Message request, FieldDescriptor field) {
        return field.isRepeated() ? request.getRepeatedFieldCount(field) > 0 : request.hasField(field);
    }

    private static void clear(FieldDescriptor field, Map<String, @Nullable Object> set, Set<String> removed) {
        if (field.getNumber() == PROPERTIES) {
            throw OaktreeException.invalidField("properties", "cannot be cleared as a whole: set single ones to null");
        }
        String member = Options.paths(field).getFirst().member();
        Clear clear = Options.of(field).getClear();
        if (clear == Clear.CLEAR_REMOVE) {
            removed.add(member);
        } else {
            set.put(member, clear == Clear.CLEAR_EMPTY ? empty(field) : null);
        }
    }

    private static Object empty(FieldDescriptor field) {
        if (field.isMapField()) {
            return Map.of();
        }
        if (field.isRepeated()) {
            return List.of();
        }
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE -> 0;
            case BOOLEAN -> false;
            case STRING, BYTE_STRING, ENUM -> "";
            case MESSAGE -> Map.of();
        };
    }
}
