package org.openstack.oaktree.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line on the user's terminal that tells how a wait goes, and is gone when it ends. It stands on standard error, for what is printed may go
 * elsewhere; where that is no terminal nothing is written.
 */
final class LiveLine implements AutoCloseable {
    private static final String WIPE = "\r\u001b[K";
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Environment environment;
    private final Instant begun = Instant.now();
    private String text;
    private boolean isClosed;
    private final @Nullable Thread ticker;

    /** Shows the text, and how long it takes, until it is closed. */
    LiveLine(Environment environment, String text) {
        this.environment = environment;
        this.text = text;
        if (environment.errWidth().isEmpty()) {
            this.ticker = null;
            return;
        }
        // By this thread: what takes no time at all is seen too.
        write();
        this.ticker = Thread.ofVirtual().start(this::tick);
    }

    /** What to show from now on. */
    synchronized void show(String news) {
        text = news;
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK);
                write();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private synchronized void write() {
        if (isClosed) {
            return;
        }
        long seconds = Duration.between(begun, Instant.now()).toSeconds();
        String line = text + " … " + seconds + " s";
        int fits = Math.min(line.length(), Math.max(0, environment.errWidth().orElse(0) - 1));
        put(WIPE + line.substring(0, fits));
    }

    private void put(String text) {
        environment.err().print(text);
        environment.err().flush();
    }

    @Override
    public void close() {
        if (ticker == null) {
            return;
        }
        synchronized (this) {
            isClosed = true;
            put(WIPE);
        }
        ticker.interrupt();
    }
}
