package org.openstack.oaktree.resource.query;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Query;

/** A caller's query over lists of one resource type. Every part that is given must hold. Immutable. */
public final class ResourceQuery {
    private static final int MAX_JMESPATH_BYTES = 4096;
    private static final int MAX_NAME_CHARACTERS = 1024;

    private final Query query;
    private final @Nullable Glob nameOrId;
    private final FieldDescriptor id;
    private final FieldDescriptor name;

    /**
     * Checks what can be checked without a list.
     *
     * @param query the request's own words
     * @param id the resource's field {@code id}
     * @param name the field that people call the resource by
     * @throws OaktreeException INVALID_FIELD
     */
    public ResourceQuery(Query query, FieldDescriptor id, FieldDescriptor name) {
        this.query = query;
        this.id = id;
        this.name = name;
        if (query.getNameOrId().length() > MAX_NAME_CHARACTERS) {
            throw OaktreeException.invalidField(
                    "query.name_or_id", "is longer than " + MAX_NAME_CHARACTERS + " characters");
        }
        if (query.getJmespathBytes().size() > MAX_JMESPATH_BYTES) {
            throw OaktreeException.invalidField("query.jmespath", "is longer than 4 KiB");
        }
        this.nameOrId = query.getNameOrId().isEmpty() ? null : new Glob(query.getNameOrId());
        checkNames(id.getContainingType(), query.getFilter(), "query.filter", true);
        if (!query.getJmespath().isEmpty()) {
            compile(new ProtoJmesPath(new View()));
        }
    }

    /** Whether every resource of a list is wanted. */
    public boolean isEmpty() {
        return query.equals(Query.getDefaultInstance());
    }

    /**
     * The wanted resources, in the order of the list.
     *
     * @throws OaktreeException INVALID_FIELD when the query names what no resource has, or yields something else than resources
     */
    public <M extends Message> List<M> apply(List<M> resources) {
        if (isEmpty()) {
            return resources;
        }
        View view = new View();
        List<M> wanted = new ArrayList<>();
        for (M resource : resources) {
            if (isNamed(resource) && matches(view, resource, query.getFilter())) {
                wanted.add(resource);
            }
        }
        refuseUnknown(view, "query.filter");
        return query.getJmespath().isEmpty() ? wanted : search(wanted);
    }

    private boolean isNamed(Message resource) {
        return nameOrId == null
                || nameOrId.matches(resource.getField(id).toString())
                || nameOrId.matches(resource.getField(name).toString());
    }

    private <M extends Message> List<M> search(List<M> resources) {
        View view = new View();
        Object result;
        try {
            result = compile(new ProtoJmesPath(view)).search(resources);
        } catch (ProtoJmesPath.EvaluationInterruptedException e) {
            throw OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "the JMESPath expression took too long")
                    .field("query.jmespath", "asks for too much work")
                    .cause(e)
                    .build();
        } catch (RuntimeException | StackOverflowError e) {
            throw OaktreeException.invalidField("query.jmespath", "cannot be evaluated: " + e.getMessage());
        }
        refuseUnknown(view, "query.jmespath");
        Set<Object> yielded = Collections.newSetFromMap(new IdentityHashMap<>());
        if (!(result instanceof List<?> list)) {
            throw notResources();
        }
        yielded.addAll(list);
        List<M> wanted = new ArrayList<>();
        for (M resource : resources) {
            if (yielded.remove(resource)) {
                wanted.add(resource);
            }
        }
        if (!yielded.isEmpty()) {
            throw notResources();
        }
        return wanted;
    }

    private static OaktreeException notResources() {
        return OaktreeException.invalidField(
                "query.jmespath", "must yield whole resources of the list, for example [?name=='web']");
    }

    private Expression<Object> compile(ProtoJmesPath runtime) {
        try {
            return runtime.compile(query.getJmespath());
        } catch (JmesPathException | IllegalArgumentException | StackOverflowError e) {
            throw OaktreeException.invalidField("query.jmespath", "is no JMESPath expression: " + e.getMessage());
        }
    }

    private static void refuseUnknown(View view, String field) {
        Set<String> unknown = view.unknownNames();
        if (!unknown.isEmpty()) {
            throw unknownName(field, unknown.iterator().next());
        }
    }

    private static OaktreeException unknownName(String field, String name) {
        return OaktreeException.invalidField(
                field,
                "names `" + shortened(name) + "`, which is neither a field nor a property of any resource of the list");
    }

    /** Refuses names that cannot be known because the message has no properties in which they could stand. */
    private static void checkNames(Descriptor type, Struct filter, String path, boolean top) {
        boolean open = top && type.findFieldByNumber(99) != null;
        filter.getFieldsMap().forEach((key, wanted) -> {
            FieldDescriptor field = type.findFieldByName(key);
            if (field == null) {
                if (!open) {
                    throw OaktreeException.invalidField(
                            path, "names `" + shortened(key) + "`, which is no field of " + type.getName());
                }
            } else if (wanted.hasStructValue() && isOwnMessage(field)) {
                checkNames(field.getMessageType(), wanted.getStructValue(), path + "." + key, false);
            }
        });
    }

    private static boolean isOwnMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isRepeated()
                && !field.getMessageType().getFile().getPackage().equals("google.protobuf");
    }

    private static boolean matches(View view, Message message, Struct filter) {
        boolean all = true;
        for (Map.Entry<String, Value> wanted : filter.getFieldsMap().entrySet()) {
            // Every name is looked up, so that an unknown one is noticed whatever the others say.
            all &= equal(view, view.get(message, wanted.getKey()), wanted.getValue());
        }
        return all;
    }

    private static boolean equal(View view, @Nullable Object value, Value wanted) {
        return switch (wanted.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> value == null;
            case STRING_VALUE -> wanted.getStringValue().equals(value);
            case BOOL_VALUE -> Boolean.valueOf(wanted.getBoolValue()).equals(value);
            case NUMBER_VALUE ->
                value instanceof Number number
                        && Double.isFinite(wanted.getNumberValue())
                        && new BigDecimal(number.toString()).compareTo(BigDecimal.valueOf(wanted.getNumberValue()))
                                == 0;
            case LIST_VALUE ->
                value instanceof List<?> list
                        && equalLists(view, list, wanted.getListValue().getValuesList());
            case STRUCT_VALUE -> equalStructs(view, value, wanted.getStructValue());
        };
    }

    private static boolean equalStructs(View view, @Nullable Object value, Struct wanted) {
        if (value instanceof Message message) {
            return matches(view, message, wanted);
        }
        return value instanceof Map<?, ?> map
                && !map.isEmpty()
                && wanted.getFieldsMap().entrySet().stream()
                        .allMatch(member -> equal(view, map.get(member.getKey()), member.getValue()));
    }

    private static boolean equalLists(View view, List<?> list, List<Value> wanted) {
        if (list.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!equal(view, list.get(i), wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
