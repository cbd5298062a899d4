package org.openstack.oaktree.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Something that is measured against a bound. */
interface Benchmark {
    /**
     * Measures, and prints what it measured.
     *
     * @param folder for its files; removed afterwards
     * @return whether the bound was met
     * @throws CannotRunException when what it needs is not here
     */
    boolean run(Path folder, PrintStream out) throws IOException, InterruptedException;

    /** What the benchmark needs is missing. The message says what, and how to get it. */
    final class CannotRunException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotRunException(String message) {
            super(message);
        }
    }
}
