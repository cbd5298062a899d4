package org.openstack.oaktree.simcloud.neutron;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IP address.
 *
 * @param bits 32 or 128
 */
record Address(BigInteger value, int bits) {
    static final int V4_BITS = 32;
    static final int V6_BITS = 128;

    private static final int GROUPS = 8;

    /** Reads an address; empty when the text is none. Names are never asked for. */
    static Optional<Address> parse(String text) {
        boolean isV4 = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        boolean isV6 = text.contains(":") && text.matches("[0-9a-fA-F:.]+");
        if (!isV4 && !isV6) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return Optional.of(new Address(new BigInteger(1, bytes), isV4 ? V4_BITS : V6_BITS));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    int version() {
        return bits == V4_BITS ? 4 : 6;
    }

    Address next() {
        return new Address(value.add(BigInteger.ONE), bits);
    }

    @Override
    public String toString() {
        return bits == V4_BITS ? dotted() : compressed();
    }

    private String dotted() {
        long all = value.longValueExact();
        return (all >> 24) + "." + ((all >> 16) & 0xff) + "." + ((all >> 8) & 0xff) + "." + (all & 0xff);
    }

    /** With the longest run of zero groups left out, as RFC 5952 wants it. */
    private String compressed() {
        List<String> groups = new ArrayList<>();
        for (int i = GROUPS - 1; i >= 0; i--) {
            groups.add(Integer.toHexString(value.shiftRight(i * 16).intValue() & 0xffff));
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups.get(end).equals("0")) {
                end++;
            }
            if (end - start > bestLength) {
                bestStart = start;
                bestLength = end - start;
            }
        }
        if (bestStart < 0) {
            return String.join(":", groups);
        }
        return String.join(":", groups.subList(0, bestStart)) + "::"
                + String.join(":", groups.subList(bestStart + bestLength, GROUPS));
    }
}
