package org.openstack.oaktree.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line on the user's terminal that tells how a wait goes, and is gone when it ends. Without a terminal nothing is written. */
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
        this.ticker = environment.width().isPresent() ? Thread.ofVirtual().start(this::tick) : null;
    }

    /** What to show from now on. */
    synchronized void show(String news) {
        text = news;
    }

    private void tick() {
        try {
            while (true) {
                write();
                Thread.sleep(TICK);
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
        int fits = Math.min(line.length(), Math.max(0, environment.width().orElse(0) - 1));
        put(WIPE + line.substring(0, fits));
    }

    private void put(String bytes) {
        OutputStream out = environment.out();
        try {
            out.write(bytes.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException _) {
            // Nobody sees it. What is to be printed afterwards says so.
        }
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
