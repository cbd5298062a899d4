package org.openstack.oaktree.simcloud.world;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** IDs and random words in the forms that OpenStack's services give them. */
public final class Ids {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String MIXED = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");

    private Ids() {}

    /** With dashes: servers, networks, images, volumes. */
    public static String uuid() {
        Random random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** 32 hexadecimal digits: whatever keystone makes. */
    public static String hex() {
        return uuid().replace("-", "");
    }

    /** An ID that is the same in every run, for what the cloud is born with. */
    public static String fixedHex(String of) {
        return HexFormat.of().formatHex(Digests.md5(("simcloud " + of).getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #fixedHex}, with dashes. */
    public static String fixedUuid(String of) {
        String hex = fixedHex(of);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    public static String request() {
        return "req-" + uuid();
    }

    /** Small letters and digits, as in nova's reservation IDs. */
    public static String letters(int length) {
        return pick(LETTERS, length);
    }

    /** Letters and digits that are not taken for each other, as in nova's passwords. */
    public static String password(int length) {
        return pick(MIXED, length);
    }

    /** Whether the services take the text for a UUID. */
    public static boolean isUuid(String text) {
        return UUID_TEXT.matcher(text).matches();
    }

    private static String pick(String from, int length) {
        StringBuilder text = new StringBuilder(length);
        ThreadLocalRandom.current().ints(length, 0, from.length()).forEach(index -> text.append(from.charAt(index)));
        return text.toString();
    }
}
