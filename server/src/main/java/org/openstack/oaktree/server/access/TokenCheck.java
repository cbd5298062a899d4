package org.openstack.oaktree.server.access;

import io.grpc.Metadata;
import java.util.Optional;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** Whether a call carries the token: {@code authorization: Bearer TOKEN}. */
public final class TokenCheck {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "Bearer ";

    private final TokenFile file;

    /** A check against the token in the file. */
    public TokenCheck(TokenFile file) {
        this.file = file;
    }

    /** Why a call with these headers is refused; empty when it has the token. */
    public Optional<OaktreeException> refusal(Metadata headers) {
        String authorization = headers.get(AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(OaktreeException.of(
                            ErrorReason.ERROR_REASON_TOKEN_MISSING,
                            "this oaktree wants the metadata 'authorization: Bearer TOKEN'; the token stands in the file "
                                    + file.path())
                    .build());
        }
        if (!file.token().matches(authorization.substring(SCHEME.length()).strip())) {
            return Optional.of(OaktreeException.of(
                            ErrorReason.ERROR_REASON_TOKEN_INVALID,
                            "the token is not the one of this oaktree; it stands in the file " + file.path())
                    .build());
        }
        return Optional.empty();
    }
}
