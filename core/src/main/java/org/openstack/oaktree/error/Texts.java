package org.openstack.oaktree.error;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Brings the texts of errors into one form, and to a number of UTF-8 bytes. */
final class Texts {
    private static final String MARK = "…";
    private static final int MARK_BYTES = MARK.getBytes(StandardCharsets.UTF_8).length;

    private static final Pattern BEGINS_WITH_WORD = Pattern.compile("\\p{Ll}\\p{L}*[ ,]");
    private static final String ENDS = ".!?…:";

    private Texts() {}

    /** The text with a stop at its end, and a capital at its begin when that is a word, and not the name of a file, say. */
    static String sentence(String text) {
        if (text.isBlank()) {
            return text;
        }
        int first = text.codePointAt(0);
        String begun = BEGINS_WITH_WORD.matcher(text).lookingAt()
                ? Character.toString(Character.toTitleCase(first)) + text.substring(Character.charCount(first))
                : text;
        return ENDS.indexOf(begun.charAt(begun.length() - 1)) < 0 ? begun + "." : begun;
    }

    /** The text, or its beginning with a mark that it was cut; never half a character. Text that is not Unicode is made so. */
    static String cut(String text, int maxBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            // Lone surrogates became question marks: protobuf refuses them.
            return new String(bytes, StandardCharsets.UTF_8);
        }
        int end = maxBytes - MARK_BYTES;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + MARK;
    }
}
