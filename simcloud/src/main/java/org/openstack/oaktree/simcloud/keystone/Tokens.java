package org.openstack.oaktree.simcloud.keystone;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Authenticator;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.world.World;

/** The tokens that are good. */
public final class Tokens implements Authenticator {
    private final World world;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> tokens = new HashMap<>();

    /** Tokens that live so long. */
    public Tokens(World world, Duration lifetime) {
        this.world = world;
        this.lifetime = lifetime;
    }

    @Override
    public Optional<Caller> caller(String token) {
        return find(token).map(Token::caller);
    }

    /** Makes a token worthless. */
    public void revoke(String token) {
        tokens.remove(token);
    }

    /** Makes all tokens worthless. */
    public void revokeAll() {
        tokens.clear();
    }

    /** Whether the time has come; null never comes. */
    boolean isPast(@Nullable Instant time) {
        return time != null && !world.now().isBefore(time);
    }

    Optional<Token> find(String text) {
        Token token = tokens.get(text);
        if (token != null && isPast(token.expiresAt())) {
            tokens.remove(text);
            return Optional.empty();
        }
        return Optional.ofNullable(token);
    }

    /** A token for someone who has proved who he is. */
    Token issue(Proof proof, @Nullable Project project, List<Role> roles) {
        Instant now = world.now().truncatedTo(ChronoUnit.SECONDS);
        Token parent = proof.parent();
        Token token = new Token(
                "gAAAAAB" + randomText(132),
                parent == null
                        ? List.of(proof.method())
                        : Stream.concat(Stream.of("token"), parent.methods().stream())
                                .distinct()
                                .toList(),
                parent == null
                        ? List.of(randomText(16))
                        : List.of(randomText(16), parent.auditIds().getLast()),
                proof.user(),
                project,
                roles,
                proof.credential(),
                now,
                parent == null ? now.plus(lifetime) : parent.expiresAt());
        tokens.put(token.text(), token);
        return token;
    }

    void revokeOf(ApplicationCredential credential) {
        tokens.values().removeIf(token -> credential.equals(token.credential()));
    }

    private String randomText(int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }
}
