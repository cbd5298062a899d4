package org.openstack.oaktree.cli;

/** How far bytes have come, as a bar on the user's terminal. */
final class Progress implements AutoCloseable {
    private static final int BAR = 20;

    private final String what;
    private final LiveLine line;
    private long all;
    private long done;

    /** Shows the text, and soon how far it has come. */
    Progress(Environment environment, String what) {
        this.what = what;
        this.line = new LiveLine(environment, what);
    }

    /** So many are to come; without a word of it there is no bar. */
    void expect(long bytes) {
        all = bytes;
    }

    /** So many more have come. */
    void add(long bytes) {
        done += bytes;
        line.show(text());
    }

    private String text() {
        String mebibytes = (done >> 20) + " MiB";
        if (all <= 0) {
            return what + ": " + mebibytes;
        }
        double part = Math.min(1, (double) done / all);
        int full = (int) (part * BAR);
        return what + " [" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + (int) (part * 100) + " %, " + mebibytes;
    }

    @Override
    public void close() {
        line.close();
    }
}
