package org.openstack.oaktree.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A table of lines and crosses, as the openstack client draws it. */
final class Table {
    private final List<String> titles;
    private final List<List<String>> rows;
    private final List<Boolean> right;
    private final List<Boolean> centred;

    private Table(List<String> titles, List<List<String>> rows, List<Boolean> right, List<Boolean> centred) {
        this.titles = titles;
        this.rows = rows;
        this.right = right;
        this.centred = centred;
    }

    /** The rows of a list; numbers stand at the right edge. */
    static Table of(Rows rows) {
        List<Boolean> right = new ArrayList<>();
        List<Boolean> centred = new ArrayList<>();
        for (int column = 0; column < rows.titles().size(); column++) {
            right.add(
                    !rows.rows().isEmpty() && rows.rows().getFirst().get(column).isNumber());
            centred.add(rows.rows().isEmpty());
        }
        return new Table(rows.titles(), rows.rows().stream().map(Table::shown).toList(), right, centred);
    }

    /** The fields of one resource. */
    static Table ofOne(List<String> titles, List<Cell> cells) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            rows.add(List.of(titles.get(i), safe(cells.get(i).human())));
        }
        return new Table(List.of("Field", "Value"), rows, List.of(false, false), List.of(false, false));
    }

    String draw(OptionalInt maxWidth, int minColumn) {
        int[] widths = widths();
        if (maxWidth.isPresent()) {
            shrink(widths, maxWidth.getAsInt(), minColumn);
        }
        StringBuilder out = new StringBuilder();
        rule(out, widths);
        row(out, titles, widths);
        rule(out, widths);
        for (List<String> row : rows) {
            row(out, row, widths);
        }
        if (!rows.isEmpty()) {
            rule(out, widths);
        }
        return out.toString();
    }

    private static List<String> shown(List<Cell> cells) {
        return cells.stream().map(cell -> safe(cell.human())).toList();
    }

    /** Names may carry what moves a terminal's cursor or sets its colours: shown, not sent. */
    private static String safe(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', ' ').replace("\t", "        ");
        StringBuilder safe = new StringBuilder(lines.length());
        lines.codePoints().forEach(point -> {
            if (Character.getType(point) == Character.CONTROL && point != '\n') {
                safe.append("\\x%02x".formatted(point));
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = DisplayWidth.of(titles.get(column));
            for (List<String> row : rows) {
                for (String line : row.get(column).split("\n", -1)) {
                    widths[column] = Math.max(widths[column], DisplayWidth.of(line));
                }
            }
        }
        return widths;
    }

    /** Columns wider than their equal share give way, never below {@code minColumn}: a table rather overflows than becomes unreadable. */
    private static void shrink(int[] widths, int maxWidth, int minColumn) {
        int whole = 1;
        for (int width : widths) {
            whole += width + 3;
        }
        if (whole <= maxWidth || widths.length == 0) {
            return;
        }
        int usable = Math.max(0, maxWidth - 1 - 3 * widths.length);
        int share = usable / widths.length;
        int remaining = usable;
        List<Integer> wide = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] <= share) {
                remaining -= widths[column];
            } else {
                wide.add(column);
            }
        }
        int each = remaining / wide.size();
        for (int i = 0; i < wide.size(); i++) {
            boolean last = i == wide.size() - 1;
            int column = wide.get(i);
            widths[column] = Math.min(widths[column], Math.max(minColumn, last ? remaining : each));
            remaining -= each;
        }
    }

    private static void rule(StringBuilder out, int[] widths) {
        for (int width : widths) {
            out.append('+').repeat("-", width + 2);
        }
        out.append("+\n");
    }

    private void row(StringBuilder out, List<String> cells, int[] widths) {
        List<List<String>> lines = new ArrayList<>();
        int height = 1;
        for (int column = 0; column < widths.length; column++) {
            List<String> cell = new ArrayList<>();
            for (String line : cells.get(column).split("\n", -1)) {
                cell.addAll(DisplayWidth.wrap(line, widths[column]));
            }
            lines.add(cell);
            height = Math.max(height, cell.size());
        }
        for (int line = 0; line < height; line++) {
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = lines.get(column);
                pad(out.append("| "), line < cell.size() ? cell.get(line) : "", widths[column], column);
                out.append(' ');
            }
            out.append("|\n");
        }
    }

    private void pad(StringBuilder out, String text, int width, int column) {
        int space = Math.max(0, width - DisplayWidth.of(text));
        int before = right.get(column) ? space : centred.get(column) ? space / 2 : 0;
        out.repeat(" ", before).append(text).repeat(" ", space - before);
    }
}
