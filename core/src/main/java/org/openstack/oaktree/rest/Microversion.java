package org.openstack.oaktree.rest;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A microversion of a service's API, such as 2.79. It is no decimal number: 2.10 comes after 2.9.
 *
 * @param major before the point
 * @param minor after the point
 */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})");
    private static final Comparator<Microversion> ORDER =
            Comparator.comparingInt(Microversion::major).thenComparingInt(Microversion::minor);

    /** Reads {@code 2.79} or {@code v2.79}; empty for everything else. */
    public static Optional<Microversion> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether a service that goes up to this one knows the other one. */
    public boolean includes(Microversion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Microversion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
