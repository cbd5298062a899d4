package org.openstack.oaktree.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The output formats, named as the openstack client names them. */
public enum Format {
    TABLE,
    JSON,
    YAML,
    VALUE,
    CSV,
    /** Assignments that a shell reads; of one resource only. */
    SHELL;

    /** As it stands on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Text of a list. Not for {@link #SHELL}. */
    public String list(Rows rows, Layout layout) {
        return switch (this) {
            case TABLE ->
                rows.rows().isEmpty() && !layout.printEmpty()
                        ? "\n"
                        : Table.of(rows).draw(layout.maxWidth(), 8);
            case JSON -> JsonText.of(Value.items(maps(rows)), layout.indent()) + "\n";
            case YAML -> YamlText.of(Value.items(maps(rows)));
            case VALUE ->
                rows.rows().stream()
                        .map(row -> row.stream()
                                        .map(cell -> PythonText.str(cell.value()))
                                        .collect(Collectors.joining(" "))
                                + "\n")
                        .collect(Collectors.joining());
            case CSV -> CsvText.of(rows, layout.quote());
            case SHELL -> throw new IllegalArgumentException("shell prints one resource, not a list");
        };
    }

    /** Text of one resource. Not for {@link #CSV}. */
    public String one(List<String> titles, List<Cell> cells, Layout layout) {
        return switch (this) {
            case TABLE -> Table.ofOne(titles, cells).draw(layout.maxWidth(), 16);
            case JSON -> JsonText.of(map(titles, cells), layout.indent()) + "\n";
            case YAML -> YamlText.of(map(titles, cells));
            case VALUE ->
                cells.stream().map(cell -> PythonText.str(cell.value()) + "\n").collect(Collectors.joining());
            case SHELL -> shell(titles, cells, layout.prefix());
            case CSV -> throw new IllegalArgumentException("csv prints lists, not one resource");
        };
    }

    private static List<Value> maps(Rows rows) {
        return rows.rows().stream().map(row -> map(rows.titles(), row)).toList();
    }

    private static Value map(List<String> titles, List<Cell> cells) {
        Map<String, Value> map = new LinkedHashMap<>();
        for (int i = 0; i < titles.size(); i++) {
            map.put(titles.get(i), cells.get(i).value());
        }
        return Value.entries(map);
    }

    /** Unlike the openstack client's, text that the shell would execute ({@code $(...)}) stays text. */
    private static String shell(List<String> titles, List<Cell> cells, String prefix) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < titles.size(); i++) {
            String name = titles.get(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
            String value = PythonText.str(cells.get(i).value()).replaceAll("([\"\\\\$`])", "\\\\$1");
            out.append(prefix).append(name).append("=\"").append(value).append("\"\n");
        }
        return out.toString();
    }
}
