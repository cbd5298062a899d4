package org.openstack.oaktree.cli.output;

import java.util.Iterator;
import java.util.Map;

/** Values as JSON, laid out as the openstack client does: two spaces, or one line; beyond ASCII escaped. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final boolean indent;

    private JsonText(boolean indent) {
        this.indent = indent;
    }

    static String of(Value value, boolean indent) {
        JsonText text = new JsonText(indent);
        text.write(value, 0);
        return text.out.toString();
    }

    private void write(Value value, int depth) {
        switch (value) {
            case Value.Nothing() -> out.append("null");
            case Value.Flag(boolean flag) -> out.append(flag);
            case Value.Whole(long number) -> out.append(number);
            // JSON has no word for what is not a number.
            case Value.Real(double number) -> out.append(Double.isFinite(number) ? PythonText.real(number) : "null");
            case Value.Text(String text) -> string(text);
            case Value.Items(var items) -> {
                out.append('[');
                Iterator<Value> each = items.iterator();
                while (each.hasNext()) {
                    line(depth + 1);
                    write(each.next(), depth + 1);
                    separate(each.hasNext());
                }
                end(items.isEmpty(), depth, ']');
            }
            case Value.Entries entries -> {
                out.append('{');
                Iterator<Map.Entry<String, Value>> each =
                        entries.entries().entrySet().iterator();
                while (each.hasNext()) {
                    Map.Entry<String, Value> entry = each.next();
                    line(depth + 1);
                    string(entry.getKey());
                    out.append(": ");
                    write(entry.getValue(), depth + 1);
                    separate(each.hasNext());
                }
                end(entries.entries().isEmpty(), depth, '}');
            }
        }
    }

    private void line(int depth) {
        if (indent) {
            out.append('\n').repeat(" ", 2 * depth);
        }
    }

    private void separate(boolean more) {
        if (more) {
            out.append(indent ? "," : ", ");
        }
    }

    private void end(boolean empty, int depth, char bracket) {
        if (!empty) {
            line(depth);
        }
        out.append(bracket);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
