package org.openstack.oaktree.cli.output;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lists and maps as the openstack client spells them in tables: {@code a, b}, {@code key='value'}, {@code net=192.0.2.7, 2001:db8::7}. */
final class HumanText {
    private HumanText() {}

    static String of(Value value) {
        return switch (value) {
            case Value.Items(var items) -> items(items);
            case Value.Entries entries -> entries(entries);
            default -> PythonText.str(value);
        };
    }

    private static String items(List<Value> items) {
        if (items.stream().allMatch(Value.Entries.class::isInstance)) {
            return items.stream().map(HumanText::of).collect(Collectors.joining("\n"));
        }
        return items.stream().map(PythonText::str).sorted().collect(Collectors.joining(", "));
    }

    private static String entries(Value.Entries entries) {
        Map<String, Value> sorted = new TreeMap<>(entries.entries());
        if (!sorted.isEmpty() && sorted.values().stream().allMatch(Value.Items.class::isInstance)) {
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + of(entry.getValue()))
                    .collect(Collectors.joining("; "));
        }
        return flat("", sorted);
    }

    private static String flat(String prefix, Map<String, Value> entries) {
        return entries.entrySet().stream()
                .map(entry -> switch (entry.getValue()) {
                    case Value.Entries nested -> flat(prefix + entry.getKey() + ".", new TreeMap<>(nested.entries()));
                    case Value.Nothing() -> prefix + entry.getKey() + "=";
                    default -> prefix + entry.getKey() + "='" + PythonText.str(entry.getValue()) + "'";
                })
                .collect(Collectors.joining(", "));
    }
}
