package org.openstack.oaktree.cli.output;

/**
 * One value as people and as programs read it.
 *
 * @param value what JSON, YAML, value, csv and shell carry
 * @param human what a table shows
 */
public record Cell(Value value, String human) {
    /** A value that a table shows as the openstack client does: lists and maps spelt out, all else as Python prints it. */
    public static Cell of(Value value) {
        return new Cell(value, HumanText.of(value));
    }

    /** A value that a table shows in Python's notation, whatever it is. */
    public static Cell inPython(Value value) {
        return new Cell(value, PythonText.str(value));
    }

    /** Whether a table shows it at the right edge of its column. */
    boolean isNumber() {
        return value instanceof Value.Real
                || (value instanceof Value.Whole(long number) && human.equals(Long.toString(number)));
    }
}
