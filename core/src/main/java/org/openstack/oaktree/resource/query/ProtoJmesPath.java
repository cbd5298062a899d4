package org.openstack.oaktree.resource.query;

import com.google.protobuf.Message;
import io.burt.jmespath.BaseRuntime;
import io.burt.jmespath.JmesPathType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.openstack.oaktree.json.JsonTree;

/**
 * JMESPath over messages as a {@link View} shows them, without a detour through JSON: what an expression yields are the very
 * messages that went in. Serves one query, as its view does.
 */
@NullUnmarked // The library stands for JSON's null by whatever the adapter chooses; here it is Java's.
final class ProtoJmesPath extends BaseRuntime<Object> {
    private final View view;

    ProtoJmesPath(View view) {
        this.view = view;
    }

    @Override
    public Object parseString(String json) {
        return JsonTree.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public List<Object> toList(Object value) {
        stopWhenInterrupted();
        return switch (value) {
            case List<?> list -> new ArrayList<>(list);
            case Map<?, ?> map -> new ArrayList<>(map.values());
            case Message message -> {
                List<Object> values = new ArrayList<>();
                View.names(message).forEach(name -> values.add(view.get(message, name)));
                yield values;
            }
            case null -> List.of();
            default -> List.of();
        };
    }

    @Override
    public String toString(Object value) {
        return value instanceof String text
                ? text
                : new String(JsonTree.write(plain(value)), java.nio.charset.StandardCharsets.UTF_8);
    }

    private Object plain(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(this::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((name, member) -> plain.put(name.toString(), plain(member)));
                yield plain;
            }
            case Message message -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                View.names(message).forEach(name -> plain.put(name, plain(view.get(message, name))));
                yield plain;
            }
            case null -> null;
            default -> value;
        };
    }

    @Override
    public Number toNumber(Object value) {
        return value instanceof Number number ? number : null;
    }

    @Override
    public boolean isTruthy(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    @Override
    public JmesPathType typeOf(Object value) {
        return switch (value) {
            case null -> JmesPathType.NULL;
            case Boolean bool -> JmesPathType.BOOLEAN;
            case String text -> JmesPathType.STRING;
            case Number number -> JmesPathType.NUMBER;
            case List<?> list -> JmesPathType.ARRAY;
            case Map<?, ?> map -> JmesPathType.OBJECT;
            case Message message -> JmesPathType.OBJECT;
            default -> throw new IllegalArgumentException("no JMESPath value: " + value.getClass());
        };
    }

    @Override
    public Object getProperty(Object value, Object name) {
        stopWhenInterrupted();
        return switch (value) {
            case Message message -> view.get(message, Objects.toString(name));
            case Map<?, ?> map -> map.get(Objects.toString(name));
            case null -> null;
            default -> null;
        };
    }

    @Override
    public Collection<Object> getPropertyNames(Object value) {
        return switch (value) {
            case Message message -> new ArrayList<>(View.names(message));
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case null -> List.of();
            default -> List.of();
        };
    }

    @Override
    public Object createNull() {
        return null;
    }

    @Override
    public Object createArray(Collection<Object> elements) {
        return new ArrayList<>(elements);
    }

    @Override
    public Object createString(String text) {
        return text;
    }

    @Override
    public Object createBoolean(boolean bool) {
        return bool;
    }

    @Override
    public Object createObject(Map<Object, Object> members) {
        return new LinkedHashMap<>(members);
    }

    @Override
    public Object createNumber(double number) {
        return number;
    }

    @Override
    public Object createNumber(long number) {
        return number;
    }

    /** An expression may ask for much work; the end of the call interrupts its thread. */
    private static void stopWhenInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new EvaluationInterruptedException();
        }
    }

    /** The call ended while an expression was evaluated. */
    static final class EvaluationInterruptedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
