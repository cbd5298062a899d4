package org.openstack.oaktree.simcloud.neutron;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All resources of one kind, in the order of their IDs. */
final class Table {
    private final ResourceType type;
    private final TreeMap<String, Item> items = new TreeMap<>();

    Table(ResourceType type) {
        this.type = type;
    }

    ResourceType type() {
        return type;
    }

    Optional<Item> find(String id) {
        return Optional.ofNullable(items.get(id));
    }

    /** The resource; the type's own refusal when there is none. */
    Item get(String id) {
        return find(id).orElseThrow(() -> type.notFound(id));
    }

    void add(Item item) {
        items.put(item.id(), item);
    }

    void remove(Item item) {
        items.remove(item.id());
    }

    Collection<Item> all() {
        return items.values();
    }

    Stream<Item> where(String attribute, String value) {
        return items.values().stream().filter(item -> item.text(attribute).equals(value));
    }
}
