package org.openstack.oaktree.resource.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a JSON value the fields of a message read. What they do not read must not be lost: the member that holds it
 * goes into {@code properties} whole.
 */
final class Coverage {
    private final Map<String, Coverage> keys = new HashMap<>();
    private @Nullable Coverage anyKey;
    private @Nullable Coverage every;
    private @Nullable MessageReader message;
    private boolean whole;

    /** The part that a path leads to. */
    Coverage at(List<JsonPath.Step> steps) {
        Coverage part = this;
        for (JsonPath.Step step : steps) {
            part = part.step(step);
        }
        return part;
    }

    private Coverage step(JsonPath.Step step) {
        return switch (step) {
            case JsonPath.Key key -> keys.computeIfAbsent(key.name(), name -> new Coverage());
            case JsonPath.AnyKey any -> {
                Coverage part = anyKey == null ? new Coverage() : anyKey;
                anyKey = part;
                yield part;
            }
            case JsonPath.Every one -> {
                Coverage part = every == null ? new Coverage() : every;
                every = part;
                yield part;
            }
        };
    }

    /** Everything in this part is read, or tells nothing. */
    void markWhole() {
        whole = true;
    }

    /** What the fields of a message read is read in this part. */
    void markMessage(MessageReader reader) {
        message = reader;
    }

    /** Whether everything in the value is read. Nothing (null, empty text) needs no reader. */
    boolean covers(@Nullable Object value) {
        if (whole || value == null || value.equals("")) {
            return true;
        }
        return switch (value) {
            case Map<?, ?> object -> {
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    if (!coversMember((String) member.getKey(), member.getValue())) {
                        yield false;
                    }
                }
                yield true;
            }
            case List<?> list -> {
                Coverage element = every;
                yield list.isEmpty() || (element != null && list.stream().allMatch(element::covers));
            }
            default -> false;
        };
    }

    private boolean coversMember(String name, @Nullable Object value) {
        Coverage part = keys.getOrDefault(name, anyKey);
        if (part != null) {
            return part.covers(value);
        }
        return message != null && message.covers(name, value);
    }
}
