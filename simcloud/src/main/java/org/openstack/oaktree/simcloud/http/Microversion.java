package org.openstack.oaktree.simcloud.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of one service's API, as 2.93. */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})");

    /**
     * Reads "2.93".
     *
     * @throws ApiException 400 in the words of nova and cinder
     */
    public static Microversion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new ApiException(
                    400, "API Version String " + text + " is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        return new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether this version has what came with minor version {@code since} of the same major one. */
    public boolean has(int since) {
        return minor >= since;
    }

    @Override
    public int compareTo(Microversion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
