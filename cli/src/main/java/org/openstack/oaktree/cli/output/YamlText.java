package org.openstack.oaktree.cli.output;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values as block YAML with sorted keys. Text that any reader of YAML 1.1 or 1.2 could take for something else is quoted. */
final class YamlText {
    /** Words that are booleans, null, merge keys or special numbers to some reader. */
    private static final Pattern WORD =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\\.inf|\\.nan");

    /** Whatever might be a number, a time or a date to some reader. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
                    + "|[-+]?0([xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)"
                    + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
                    + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");

    private static final Pattern PLAIN = Pattern.compile("[^\\s\\-?:,\\[\\]{}#&*!|>'\"%@`].*|[-?:][^\\s].*");
    private static final Pattern STRUCTURE = Pattern.compile(": |:$| #|^[-?]$|^---|^\\.\\.\\.|^\\s|\\s$");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** One document, ended by a newline. */
    static String of(Value value) {
        YamlText text = new YamlText();
        text.block(value, 0);
        return text.out.toString();
    }

    /** At the beginning of a line whose indentation is written already. */
    private void block(Value value, int indent) {
        switch (value) {
            case Value.Items(var items) when !items.isEmpty() -> items(items, indent);
            case Value.Entries entries when !entries.entries().isEmpty() -> entries(entries, indent);
            default -> out.append(scalar(value)).append('\n');
        }
    }

    private void items(List<Value> items, int indent) {
        boolean first = true;
        for (Value item : items) {
            indent(first ? 0 : indent).append("- ");
            block(item, indent + 2);
            first = false;
        }
    }

    private void entries(Value.Entries entries, int indent) {
        boolean first = true;
        for (Map.Entry<String, Value> entry : new TreeMap<>(entries.entries()).entrySet()) {
            indent(first ? 0 : indent).append(quoted(entry.getKey())).append(':');
            switch (entry.getValue()) {
                case Value.Items(var items)
                when !items.isEmpty() -> {
                    indent(newLine(indent));
                    items(items, indent);
                }
                case Value.Entries nested
                when !nested.entries().isEmpty() -> {
                    indent(newLine(indent + 2));
                    entries(nested, indent + 2);
                }
                default -> out.append(' ').append(scalar(entry.getValue())).append('\n');
            }
            first = false;
        }
    }

    private int newLine(int indent) {
        out.append('\n');
        return indent;
    }

    private StringBuilder indent(int indent) {
        return out.repeat(" ", indent);
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Nothing() -> "null";
            case Value.Flag(boolean flag) -> Boolean.toString(flag);
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Real(double number) -> real(number);
            case Value.Text(String text) -> quoted(text);
            case Value.Items(var _) -> "[]";
            case Value.Entries _ -> "{}";
        };
    }

    private static String real(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? ".inf" : "-.inf";
        }
        // YAML 1.1 takes 1e+20 for text: it wants the fraction.
        return PythonText.real(number).replaceFirst("^(-?[0-9]+)e", "$1.0e");
    }

    private static String quoted(String text) {
        if (!text.codePoints().allMatch(PythonText::isPrintable)) {
            return doubleQuoted(text);
        }
        boolean plain = !text.isEmpty()
                && PLAIN.matcher(text).matches()
                && !STRUCTURE.matcher(text).find()
                && !WORD.matcher(text).matches()
                && !NUMBER.matcher(text).matches();
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    private static String doubleQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (PythonText.isPrintable(point)) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(point <= 0xffff ? "\\u%04X".formatted(point) : "\\U%08X".formatted(point));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
