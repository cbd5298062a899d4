package org.openstack.oaktree.cli.output;

import java.util.OptionalInt;

/**
 * How the formats are to look.
 *
 * @param maxWidth columns that a table may take; empty: as many as it needs
 * @param printEmpty whether a table without rows shows its titles
 * @param indent whether JSON is indented
 * @param quote which csv fields are quoted
 * @param prefix put before each name by the shell format
 */
public record Layout(OptionalInt maxWidth, boolean printEmpty, boolean indent, Quote quote, String prefix) {
    /** Which csv fields are quoted, in the openstack client's words. */
    public enum Quote {
        ALL,
        MINIMAL,
        NONE,
        NONNUMERIC
    }
}
