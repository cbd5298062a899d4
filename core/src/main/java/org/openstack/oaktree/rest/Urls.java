package org.openstack.oaktree.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes URLs: encoded to be sent, without secrets to be logged. */
final class Urls {
    /** Parameters that give access to whoever knows them. */
    private static final Set<String> SECRET_PARAMS =
            Set.of("temp_url_sig", "signature", "token", "password", "secret", "key", "access_key", "api_key");

    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private static final String HEX = "0123456789ABCDEF";

    private Urls() {}

    /** Encodes everything but RFC 3986's unreserved characters, so that it is right in a path and in a query. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /** The endpoint, the path below it and the query. */
    static URI resolve(URI endpoint, String path, List<Param> query) {
        String base = endpoint.toString();
        if (base.endsWith("/") && path.startsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        StringBuilder url = new StringBuilder(base).append(path);
        char separator = url.indexOf("?") >= 0 ? '&' : '?';
        for (Param param : query) {
            url.append(separator).append(encode(param.name())).append('=').append(encode(param.value()));
            separator = '&';
        }
        return URI.create(url.toString());
    }

    /** The query as a log may show it. */
    static String queryForLog(List<Param> query) {
        return query.isEmpty()
                ? ""
                : query.stream()
                        .map(param -> param.name() + "="
                                + (SECRET_PARAMS.contains(param.name().toLowerCase(Locale.ROOT))
                                        ? "***"
                                        : param.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
