package org.openstack.oaktree.simcloud.world;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as the services write them: each has its own habit. */
public final class Times {
    private static final DateTimeFormatter SECONDS = of("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROS_Z = of("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final DateTimeFormatter MICROS = of("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private Times() {}

    /** 2026-01-31T12:00:00Z: nova's servers, neutron, glance. */
    public static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /** 2026-01-31T12:00:00.000000Z: keystone. */
    public static String microsZ(Instant time) {
        return MICROS_Z.format(time);
    }

    /** 2026-01-31T12:00:00.000000 without a zone: cinder, and nova's older parts. */
    public static String micros(Instant time) {
        return MICROS.format(time);
    }

    /** As {@link #micros}; null stays null. */
    public static @Nullable String microsOrNull(@Nullable Instant time) {
        return time == null ? null : MICROS.format(time);
    }

    private static DateTimeFormatter of(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }
}
