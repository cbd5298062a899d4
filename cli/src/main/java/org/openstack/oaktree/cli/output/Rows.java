package org.openstack.oaktree.cli.output;

import java.util.List;

/**
 * What a list command prints.
 *
 * @param titles one per column
 * @param rows each with one cell per column
 */
public record Rows(List<String> titles, List<List<Cell>> rows) {
    public Rows {
        titles = List.copyOf(titles);
        rows = List.copyOf(rows);
    }
}
