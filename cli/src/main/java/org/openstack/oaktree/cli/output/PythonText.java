package org.openstack.oaktree.cli.output;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/** Values in Python's notation: what the openstack client prints, and scripts around it read, in tables, csv, value and shell. */
final class PythonText {
    private PythonText() {}

    /** As Python's {@code str()}: text as it is, everything else as {@link #repr}. */
    static String str(Value value) {
        return value instanceof Value.Text(String text) ? text : repr(value);
    }

    /** As Python's {@code repr()}. */
    static String repr(Value value) {
        return switch (value) {
            case Value.Nothing() -> "None";
            case Value.Flag(boolean flag) -> flag ? "True" : "False";
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Real(double number) -> real(number);
            case Value.Text(String text) -> quoted(text);
            case Value.Items(var items) ->
                items.stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
            case Value.Entries entries ->
                entries.entries().entrySet().stream()
                        .map(PythonText::entry)
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** The shortest text that reads as the same number, with a fraction or an exponent as Python places them. */
    static String real(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            String[] parts = Double.toString(number).split("E", -1);
            String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
            int exponent = Integer.parseInt(parts[1]);
            return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        String plain = new BigDecimal(Double.toString(number)).toPlainString();
        if (!plain.contains(".")) {
            return plain + ".0";
        }
        String shortened = plain.replaceAll("0+$", "");
        return (Double.doubleToRawLongBits(number) == Long.MIN_VALUE ? "-" : "")
                + (shortened.endsWith(".") ? shortened + "0" : shortened);
    }

    private static String entry(Map.Entry<String, Value> entry) {
        return quoted(entry.getKey()) + ": " + repr(entry.getValue());
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (point == quote) {
                        quoted.append('\\').append(quote);
                    } else if (isPrintable(point)) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(
                                point <= 0xff
                                        ? "\\x%02x".formatted(point)
                                        : point <= 0xffff ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }

    /** Python's str.isprintable: all but "other" and "separator" characters, except the space. */
    static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
