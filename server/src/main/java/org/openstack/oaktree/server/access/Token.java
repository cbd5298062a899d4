package org.openstack.oaktree.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The secret that every caller of a personal server must know: 32 random bytes as text. Its toString does not show it. */
public final class Token {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final byte[] text;

    private Token(String text) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
    }

    static Token random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static boolean hasForm(String text) {
        return FORM.matcher(text).matches();
    }

    static Token of(String text) {
        if (!hasForm(text)) {
            throw new IllegalArgumentException("not the form of a token of oaktree");
        }
        return new Token(text);
    }

    /** Whether this is the token; takes equally long whichever character differs. */
    boolean matches(String offered) {
        return MessageDigest.isEqual(text, offered.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret itself, for the file. */
    byte[] bytes() {
        return text.clone();
    }

    @Override
    public String toString() {
        return "Token";
    }
}
