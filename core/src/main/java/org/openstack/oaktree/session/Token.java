package org.openstack.oaktree.session;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.openstack.oaktree.rest.Json;

/**
 * A token and what came with it. Its text does not show it.
 *
 * @param value secret
 * @param renewAt when not to use it any more, by this machine's clock
 * @param identity whose it is
 * @param catalog where the services are
 */
record Token(String value, Instant renewAt, Identity identity, Catalog catalog) {
    /** A token is not used for the last part of its life: long requests must not see its end. */
    private static final Duration LAST_PART = Duration.ofMinutes(2);

    /**
     * Reads what Keystone says of a new token.
     *
     * @param asked when it was asked for: its life is counted from here, so that clocks need not agree
     */
    static Token read(String value, Json document, Instant asked) {
        Json token = document.at("token");
        Instant expires = time(token.at("expires_at").text(), asked.plus(LAST_PART.multipliedBy(2)));
        Instant issued = time(token.at("issued_at").text(), asked);
        Duration life = Duration.between(issued, expires);
        Duration used = life.compareTo(LAST_PART.multipliedBy(2)) >= 0 ? life.minus(LAST_PART) : life.dividedBy(2);
        Json project = token.at("project");
        List<String> roles = token.at("roles").elements().stream()
                .map(role -> role.at("name").text())
                .toList();
        Identity identity = new Identity(
                project.at("id").text(),
                project.at("name").text(),
                project.at("domain", "id").text(),
                project.at("domain", "name").text(),
                token.at("user", "id").text(),
                token.at("user", "name").text(),
                roles,
                expires,
                asked);
        return new Token(value, asked.plus(used), identity, Catalog.of(token.at("catalog")));
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return text.isEmpty() ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException unknownForm) {
            return otherwise;
        }
    }

    @Override
    public String toString() {
        return "Token[" + identity + "]";
    }
}
