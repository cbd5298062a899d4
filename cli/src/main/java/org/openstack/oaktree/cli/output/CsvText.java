package org.openstack.oaktree.cli.output;

import java.util.List;
import java.util.stream.Collectors;

/** Comma separated values as Python's csv module writes them for the openstack client. */
final class CsvText {
    private CsvText() {}

    static String of(Rows rows, Layout.Quote quote) {
        StringBuilder out = new StringBuilder();
        line(out, rows.titles().stream().map(Value::text).toList(), quote);
        for (List<Cell> row : rows.rows()) {
            line(out, row.stream().map(Cell::value).toList(), quote);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, List<Value> values, Layout.Quote quote) {
        out.append(values.stream().map(value -> field(value, quote)).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String field(Value value, Layout.Quote quote) {
        String text = value instanceof Value.Nothing ? "" : PythonText.str(value);
        boolean quoted = switch (quote) {
            case ALL -> true;
            case NONE -> false;
            case NONNUMERIC ->
                !(value instanceof Value.Whole || value instanceof Value.Real || value instanceof Value.Flag);
            case MINIMAL -> text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        };
        String escaped = text.replace("\\", "\\\\");
        return quoted
                ? '"' + escaped.replace("\"", "\"\"") + '"'
                : quote == Layout.Quote.NONE ? escaped.replaceAll("([,\"\\n\\r])", "\\\\$1") : escaped;
    }
}
