package org.openstack.oaktree.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Value;

/** How a field becomes a cell, where the openstack client shows it in another way than it is. */
interface Form {
    /** The cell. {@code names} finds the names of other resources. */
    Cell cell(Value value, Names names);

    /** As it is. */
    Form PLAIN = (value, _) -> Cell.of(value);

    /**
     * A form as it stands in the table of columns: its word, then its arguments.
     *
     * @throws IllegalArgumentException if there is no such form
     */
    static Form parse(String text) {
        String[] parts = text.split(" ", 2);
        String argument = parts.length > 1 ? parts[1] : "";
        return switch (parts[0]) {
            case "none" -> (value, _) -> Cell.of(isEmpty(value) ? Value.NOTHING : value);
            case "or" -> (value, _) -> Cell.of(isEmpty(value) ? Value.text(argument) : value);
            case "python" -> (value, _) -> Cell.inPython(value);
            case "flag" -> flag(argument);
            case "yes" -> yes(argument);
            case "lower" ->
                (value, _) -> Cell.of(Value.text(Cell.of(value).human().toLowerCase(java.util.Locale.ROOT)));
            case "words" -> words(argument);
            case "addresses" -> (value, _) -> Cell.of(addresses(value));
            case "pools" -> (value, _) -> new Cell(value, Networking.pools(value));
            case "range" -> (value, _) -> Cell.of(Networking.range(value));
            case "ports" -> (value, _) -> Cell.of(Networking.ports(value));
            case "as" -> (value, _) -> Cell.of(wrapped(value, argument));
            case "name" -> (value, names) -> Cell.of(name(value, names, argument));
            case "name-id" -> (value, names) -> Cell.of(nameAndId(value, names, argument));
            case "attached" -> (value, names) -> new Cell(value, attached(value, names, argument));
            default -> throw new IllegalArgumentException("no form is called '" + parts[0] + "'");
        };
    }

    private static boolean isEmpty(Value value) {
        return value instanceof Value.Nothing || (value instanceof Value.Text(String text) && text.isEmpty());
    }

    /** {@code flag UP DOWN}: words for people in place of a flag. */
    private static Form flag(String argument) {
        String[] words = argument.split(" ", 2);
        return (value, _) -> value instanceof Value.Flag(boolean flag)
                ? new Cell(value, flag ? words[0] : words[1])
                : Cell.of(value);
    }

    /** {@code yes TEXT else TEXT}: text in place of a flag. */
    private static Form yes(String argument) {
        Reference texts = Reference.parse(argument);
        return (value, _) -> Cell.of(
                Value.text(value instanceof Value.Flag(boolean flag) && flag ? texts.noun() : texts.otherwise()));
    }

    /** {@code words 0=NOSTATE 1=Running}: words for people in place of numbers. */
    private static Form words(String argument) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String pair : argument.split(" ", -1)) {
            words.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return (value, _) -> {
            String plain = Cell.of(value).human();
            return new Cell(value, words.getOrDefault(plain, plain));
        };
    }

    /** {@code {network: [address, ...]}} from the list of addresses of a server. */
    private static Value addresses(Value value) {
        Map<String, List<Value>> networks = new LinkedHashMap<>();
        if (value instanceof Value.Items(var addresses)) {
            for (Value address : addresses) {
                if (address instanceof Value.Entries entries
                        && entries.entries().get("network_name") instanceof Value.Text(String network)) {
                    networks.computeIfAbsent(network, _ -> new ArrayList<>())
                            .add(entries.entries().getOrDefault("address", Value.NOTHING));
                }
            }
        }
        Map<String, Value> lists = new LinkedHashMap<>();
        networks.forEach((network, addresses) -> lists.put(network, Value.items(addresses)));
        return Value.entries(lists);
    }

    /** {@code [{key: item}, ...]} from a list of texts. */
    private static Value wrapped(Value value, String key) {
        return value instanceof Value.Items(var items)
                ? Value.items(items.stream()
                        .map(item -> Value.entries(Map.of(key, item)))
                        .toList())
                : value;
    }

    /** {@code name NOUN [else TEXT]}: the name of the resource of that ID. */
    private static Value name(Value value, Names names, String argument) {
        Reference reference = Reference.parse(argument);
        return value instanceof Value.Text(String id) && !id.isEmpty()
                ? Value.text(names.name(reference.noun(), id))
                : Value.text(reference.otherwise());
    }

    /** {@code name-id NOUN [else TEXT]}: name and ID of the resource of that ID, or of a message that has both. */
    private static Value nameAndId(Value value, Names names, String argument) {
        if (value instanceof Value.Entries entries) {
            String id = Networking.text(entries, "id");
            String name = Networking.text(entries, "name");
            return Value.text(id.isEmpty() ? name : name + " (" + id + ")");
        }
        Reference reference = Reference.parse(argument);
        return value instanceof Value.Text(String id) && !id.isEmpty()
                ? Value.text(names.name(reference.noun(), id) + " (" + id + ")")
                : Value.text(reference.otherwise());
    }

    /** {@code attached NOUN}: sentences for people about the attachments of a volume. */
    private static String attached(Value value, Names names, String noun) {
        StringBuilder sentences = new StringBuilder();
        if (value instanceof Value.Items(var attachments)) {
            for (Value attachment : attachments) {
                if (attachment instanceof Value.Entries entries
                        && entries.entries().get("server_id") instanceof Value.Text(String id)) {
                    sentences
                            .append("Attached to ")
                            .append(names.name(noun, id))
                            .append(" on ")
                            .append(Cell.of(entries.entries().getOrDefault("device", Value.NOTHING))
                                    .human())
                            .append(' ');
                }
            }
        }
        return sentences.toString();
    }

    /** Another resource, and what to say where there is none. */
    record Reference(String noun, String otherwise) {
        static Reference parse(String argument) {
            String[] parts = argument.split(" else ?", 2);
            return new Reference(parts[0], parts.length > 1 ? parts[1] : "");
        }
    }
}
