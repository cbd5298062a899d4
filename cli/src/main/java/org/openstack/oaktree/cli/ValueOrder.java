package org.openstack.oaktree.cli;

import java.util.Comparator;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Value;

/** Numbers by size, all else by its text, what is absent last. */
final class ValueOrder implements Comparator<Value> {
    static final ValueOrder INSTANCE = new ValueOrder();

    private ValueOrder() {}

    @Override
    public int compare(Value one, Value other) {
        int absent = Boolean.compare(one instanceof Value.Nothing, other instanceof Value.Nothing);
        if (absent != 0) {
            return absent;
        }
        if (isNumber(one) && isNumber(other)) {
            return Double.compare(number(one), number(other));
        }
        return Cell.of(one).human().compareTo(Cell.of(other).human());
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Real;
    }

    private static double number(Value value) {
        return value instanceof Value.Whole(long number)
                ? number
                : value instanceof Value.Real(double real) ? real : Double.NaN;
    }
}
