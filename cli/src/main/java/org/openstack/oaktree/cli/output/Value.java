package org.openstack.oaktree.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What stands in one cell, in the types that JSON, YAML and the openstack client's other formats share. Immutable. */
public sealed interface Value {

    /** Absent: {@code None}, {@code null}. */
    record Nothing() implements Value {}

    /** Text. */
    record Text(String text) implements Value {}

    /** A whole number. */
    record Whole(long number) implements Value {}

    /** A number with a fraction, possibly zero. */
    record Real(double number) implements Value {}

    /** Yes or no. */
    record Flag(boolean flag) implements Value {}

    /** A list. */
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Keys and values, in the order in which they came. */
    record Entries(SequencedMap<String, Value> entries) implements Value {
        public Entries {
            entries = new LinkedHashMap<>(entries);
        }

        @Override
        public SequencedMap<String, Value> entries() {
            return java.util.Collections.unmodifiableSequencedMap(entries);
        }
    }

    Value NOTHING = new Nothing();

    static Value text(String text) {
        return new Text(text);
    }

    static Value whole(long number) {
        return new Whole(number);
    }

    static Value flag(boolean flag) {
        return new Flag(flag);
    }

    static Value items(List<? extends Value> items) {
        return new Items(List.copyOf(items));
    }

    static Value entries(Map<String, ? extends Value> entries) {
        return new Entries(new LinkedHashMap<>(entries));
    }
}
