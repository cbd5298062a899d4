package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openstack.oaktree.cli.output.Value;

/** The columns of one noun: the openstack client's, then the resource's own fields, then whatever else the cloud says. */
final class Columns {
    private final Descriptor resource;
    private final ColumnTable.Section section;

    Columns(Descriptor resource, ColumnTable.Section section) {
        this.resource = resource;
        this.section = section;
    }

    /** Columns of a list without further wishes. */
    List<Column> list(boolean longer, List<Message> resources) {
        List<Column> columns = new ArrayList<>();
        for (ColumnTable.Entry entry : section.entries()) {
            boolean wanted = switch (entry.where()) {
                case LIST -> true;
                case SHORT -> !longer;
                case LONG -> longer;
                case SOME ->
                    resources.stream()
                            .anyMatch(each -> !(entry.column(resource).path().read(each) instanceof Value.Nothing));
                case SHOW -> false;
            };
            if (wanted) {
                columns.add(entry.column(resource));
            }
        }
        return columns.isEmpty() ? derived() : columns;
    }

    /** All columns of lists that have a title. */
    List<Column> titled() {
        List<Column> columns = new ArrayList<>();
        for (ColumnTable.Entry entry : section.entries()) {
            if (entry.where() != ColumnTable.Where.SHOW) {
                columns.add(entry.column(resource));
            }
        }
        return columns.isEmpty() ? derived() : columns;
    }

    /**
     * Columns of a list by name: the openstack client's in its order, then others in the order in which they are named.
     *
     * @param resources those that are listed: what they carry beyond their fields may be named, too
     * @param unknown takes the names that nothing has
     */
    List<Column> list(List<String> names, List<Message> resources, List<String> unknown) {
        List<Column> columns = new ArrayList<>();
        for (Column column : titled()) {
            if (names.contains(column.title())) {
                columns.add(column);
            }
        }
        return named(names, columns, resources, unknown);
    }

    /** Fields of one resource, by title. */
    List<Column> show(Message message) {
        TreeMap<String, Column> columns = new TreeMap<>();
        Set<FieldPath> shown = new HashSet<>();
        for (ColumnTable.Entry entry : section.entries()) {
            if (entry.where() == ColumnTable.Where.SHOW) {
                Column column = entry.column(resource);
                columns.put(column.title(), column);
                shown.add(column.path());
            }
        }
        for (FieldDescriptor field : resource.getFields()) {
            FieldPath path = new FieldPath(List.of(field), "");
            if (!isHidden(field) && !shown.contains(path)) {
                columns.putIfAbsent(field.getName(), new Column(field.getName(), path, Form.PLAIN));
            }
        }
        for (String key : properties(message)) {
            FieldPath path = FieldPath.ofProperty(resource, key);
            boolean there = shown.contains(path) || shown.contains(new FieldPath(path.fields(), ""));
            if (!section.hidden().contains(key) && !there) {
                columns.putIfAbsent(key, new Column(key, path, Form.PLAIN));
            }
        }
        return new ArrayList<>(columns.values());
    }

    /** Fields of one resource by name, in the order of their titles, then others in the order in which they are named. */
    List<Column> show(List<String> names, Message message, List<String> unknown) {
        List<Column> columns = new ArrayList<>(show(message));
        columns.removeIf(column -> !names.contains(column.title()));
        return named(names, columns, List.of(message), unknown);
    }

    private List<Column> named(
            List<String> names, List<Column> columns, List<Message> resources, List<String> unknown) {
        for (String name : names) {
            if (columns.stream().anyMatch(column -> column.title().equals(name))) {
                continue;
            }
            Optional<FieldPath> path = FieldPath.of(resource, name);
            if (path.isPresent()) {
                columns.add(new Column(name, path.get(), Form.PLAIN));
            } else if (resources.stream().anyMatch(each -> properties(each).contains(name))) {
                columns.add(new Column(name, FieldPath.ofProperty(resource, name), Form.PLAIN));
            } else {
                unknown.add(name);
            }
        }
        return columns;
    }

    private Set<String> properties(Message message) {
        FieldDescriptor properties = resource.findFieldByNumber(Fields.PROPERTIES);
        return properties != null && Values.of(message, properties) instanceof Value.Entries entries
                ? entries.entries().keySet()
                : Set.of();
    }

    /** A status is shown in the cloud's own word, and where a resource is only when asked for. */
    private boolean isHidden(FieldDescriptor field) {
        return field.getName().equals("location")
                || field.getNumber() == Fields.PROPERTIES
                || (field.getType() == FieldDescriptor.Type.ENUM
                        && resource.findFieldByName(field.getName() + "_text") != null)
                || section.hidden().contains(field.getName());
    }

    private List<Column> derived() {
        List<Column> columns = new ArrayList<>();
        derive(columns, "ID", "id");
        derive(columns, "Name", "name");
        derive(columns, "Status", "status_text");
        return columns;
    }

    private void derive(List<Column> columns, String title, String name) {
        FieldPath.of(resource, name).ifPresent(path -> columns.add(new Column(title, path, Form.PLAIN)));
    }
}
