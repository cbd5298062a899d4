package org.openstack.oaktree.resource;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a text in the cloud that says that oaktree made what it describes, and for which request: {@code (oaktree)} or
 * {@code (oaktree REQUEST_ID HASH)}. Immutable.
 *
 * @param id the request_id; empty: the request had none
 * @param hash of the request; empty without request_id
 */
public record Signature(String id, String hash) {
    private static final Pattern END =
            Pattern.compile("(?:^|.* )\\(oaktree(?: ([A-Za-z0-9-]{1,36}) ([0-9a-f]{1,64}))?\\)", Pattern.DOTALL);

    static Signature of(String id, String hash) {
        return new Signature(id, hash);
    }

    /** The signature at the end of a text; empty: none is there. */
    public static Optional<Signature> read(String text) {
        Matcher matcher = END.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                matcher.group(1) == null ? new Signature("", "") : new Signature(matcher.group(1), matcher.group(2)));
    }

    /** The text with this signature at its end. */
    String below(String text) {
        String words = id.isEmpty() ? "(oaktree)" : "(oaktree " + id + " " + hash + ")";
        return text.isEmpty() ? words : text + " " + words;
    }
}
