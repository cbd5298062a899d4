package org.openstack.oaktree.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Holds a ratio's median against its bound. */
final class Verdict {
    private Verdict() {}

    static boolean atLeast(String what, Series ratio, double bound, PrintStream out) {
        return say(what, ratio, "at least", bound, ratio.median() >= bound, out);
    }

    static boolean atMost(String what, Series ratio, double bound, PrintStream out) {
        return say(what, ratio, "at most", bound, ratio.median() <= bound, out);
    }

    private static boolean say(String what, Series ratio, String relation, double bound, boolean met, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %s, must be %s %.2f: %s%n",
                what,
                ratio.summary("%.3f"),
                relation,
                bound,
                met ? "met" : "NOT MET");
        return met;
    }
}
