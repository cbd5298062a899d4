package org.openstack.oaktree.compute;

import java.util.List;

/** Tells IPv4 addresses of the public internet from those that are set aside for other uses. */
final class PublicIpv4 {
    /**
     * Blocks that IANA's registry of special-purpose addresses calls not globally reachable. As in openstacksdk, the block that providers
     * share (100.64.0.0/10) is not among them.
     */
    private static final List<Block> SET_ASIDE = List.of(
            block("0.0.0.0", 8),
            block("10.0.0.0", 8),
            block("127.0.0.0", 8),
            block("169.254.0.0", 16),
            block("172.16.0.0", 12),
            block("192.0.0.0", 24),
            block("192.0.2.0", 24),
            block("192.168.0.0", 16),
            block("198.18.0.0", 15),
            block("198.51.100.0", 24),
            block("203.0.113.0", 24),
            block("240.0.0.0", 4));

    /** Within 192.0.0.0/24, yet anycast to the whole internet. */
    private static final List<Block> NOT_SET_ASIDE = List.of(block("192.0.0.9", 32), block("192.0.0.10", 32));

    private static final int NONE = -1;

    private record Block(long first, int bits) {
        boolean contains(long address) {
            return address >>> (32 - bits) == first >>> (32 - bits);
        }
    }

    private PublicIpv4() {}

    /** Whether the text is an IPv4 address of the public internet. */
    static boolean is(String text) {
        long address = parse(text);
        return address != NONE
                && (SET_ASIDE.stream().noneMatch(block -> block.contains(address))
                        || NOT_SET_ASIDE.stream().anyMatch(block -> block.contains(address)));
    }

    private static Block block(String first, int bits) {
        return new Block(parse(first), bits);
    }

    private static long parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return NONE;
        }
        long address = 0;
        for (String part : parts) {
            // A leading zero would be octal to some programs and decimal to others.
            if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                return NONE;
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }
}
