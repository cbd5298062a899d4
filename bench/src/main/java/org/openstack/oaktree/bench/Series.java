package org.openstack.oaktree.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was measured round by round. Immutable. */
record Series(List<Double> values) {
    Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** The value in the middle; of an even number the mean of the two. */
    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return sorted()[0];
    }

    double most() {
        return sorted()[values.size() - 1];
    }

    /** Its values divided by those of the same rounds of another. */
    Series over(Series other) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException("not the same rounds");
        }
        Double[] ratios = new Double[values.size()];
        Arrays.setAll(ratios, i -> values.get(i) / other.values.get(i));
        return new Series(List.of(ratios));
    }

    /** The median and the spread: {@code 12.3 (11.9 .. 14.0)}. */
    String summary(String format) {
        return String.format(Locale.ROOT, format + " (" + format + " .. " + format + ")", median(), least(), most());
    }

    private double[] sorted() {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
