package org.openstack.oaktree.rest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A queue that serves several groups in turns, and each group in the order of arrival. Not safe for use by several threads. */
final class Turns<T> {
    /** The group whose turn is next stands first. */
    private final Map<String, Deque<T>> groups = new LinkedHashMap<>();

    private int size;

    int size() {
        return size;
    }

    void add(String group, T element) {
        groups.computeIfAbsent(group, key -> new ArrayDeque<>()).add(element);
        size++;
    }

    /** Takes out the next; there must be one. */
    T next() {
        Iterator<Map.Entry<String, Deque<T>>> first = groups.entrySet().iterator();
        Map.Entry<String, Deque<T>> turn = first.next();
        String group = turn.getKey();
        Deque<T> elements = turn.getValue();
        first.remove();
        T next = elements.remove();
        size--;
        if (!elements.isEmpty()) {
            groups.put(group, elements);
        }
        return next;
    }

    /** Takes out all that are so. */
    List<T> removeAll(Predicate<T> which) {
        List<T> removed = new ArrayList<>();
        for (Deque<T> elements : groups.values()) {
            elements.removeIf(element -> which.test(element) && removed.add(element));
        }
        groups.values().removeIf(Deque::isEmpty);
        size -= removed.size();
        return removed;
    }

    void remove(String group, T element) {
        Deque<T> elements = groups.get(group);
        if (elements != null && elements.remove(element)) {
            size--;
            if (elements.isEmpty()) {
                groups.remove(group);
            }
        }
    }
}
