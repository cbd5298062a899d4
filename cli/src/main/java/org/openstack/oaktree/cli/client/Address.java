package org.openstack.oaktree.cli.client;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where oaktree listens.
 *
 * @param text as the user gave it
 * @param target as gRPC wants it
 * @param security what lies between
 */
public record Address(String text, String target, Security security) {
    /** What protects the calls, and the token they carry, on their way. */
    public enum Security {
        /** They do not leave this machine. */
        LOCAL,
        /** TLS with the certificate authorities that Java trusts. */
        TLS,
        /** Nothing: everybody on the way can read them. */
        NONE
    }

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9_.-]+):(?<port>[0-9]{1,5})");

    /**
     * Reads {@code HOST:PORT} (plain, meant for loopback), {@code unix:PATH} or {@code https://HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is none of these; the message says so
     */
    public static Address parse(String text) {
        if (text.startsWith("unix:") && text.length() > "unix:".length()) {
            return new Address(text, text, Security.LOCAL);
        }
        boolean tls = text.startsWith("https://");
        String rest = tls ? text.substring("https://".length()) : text;
        Matcher parts = HOST_AND_PORT.matcher(rest.endsWith("/") && tls ? rest.substring(0, rest.length() - 1) : rest);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address: give HOST:PORT, https://HOST:PORT or unix:PATH");
        }
        Security security = tls ? Security.TLS : isLoopback(parts.group("host")) ? Security.LOCAL : Security.NONE;
        return new Address(text, "dns:///" + parts.group(), security);
    }

    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        // Other names are not looked up: what they mean may differ between this look and the call.
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
    }
}
