package org.openstack.oaktree.compute;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import org.openstack.oaktree.error.OaktreeException;

/** What nova's scheduler can be told of a new server. */
final class SchedulerHints {
    private SchedulerHints() {}

    /**
     * Refuses hints that nova keeps in no other way than as texts: it would answer 500, and not say what it has done.
     *
     * @throws OaktreeException INVALID_FIELD
     */
    static void check(Struct hints) {
        hints.getFieldsMap().forEach((name, hint) -> {
            List<Value> values = hint.hasListValue() ? hint.getListValue().getValuesList() : List.of(hint);
            if (!values.stream().allMatch(SchedulerHints::isText)) {
                throw OaktreeException.invalidField(
                        "scheduler_hints", "must have texts, numbers or flags, or lists of these, as values");
            }
        });
    }

    private static boolean isText(Value value) {
        return value.hasStringValue() || value.hasNumberValue() || value.hasBoolValue();
    }
}
