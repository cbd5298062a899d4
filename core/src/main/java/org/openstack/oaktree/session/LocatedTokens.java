package org.openstack.oaktree.session;

import java.util.function.Function;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Authorization;
import org.openstack.oaktree.rest.Target;

/**
 * The tokens of a credential as one region of one cloud uses them. Several may share them, even clouds of different names: errors name the
 * place that was asked for, whoever's turn it was to fetch the token.
 *
 * @param identity the identity service as this place knows it
 */
record LocatedTokens(Tokens shared, Target identity) implements Authorization {
    Token get() {
        return here(Tokens::get);
    }

    /** Whose the tokens are. */
    Identity owner() {
        return here(Tokens::identity);
    }

    @Override
    public String token() {
        return get().value();
    }

    @Override
    public void rejected(String token) {
        shared.rejected(token);
    }

    private <T> T here(Function<Tokens, T> question) {
        try {
            return question.apply(shared);
        } catch (OaktreeException failed) {
            throw failed.toBuilder()
                    .place(identity.cloud(), identity.region())
                    .service(identity.service())
                    .message(failed.getMessage().replace(shared.place(), identity.toString()))
                    .build();
        }
    }

    @Override
    public String toString() {
        return "Tokens of " + identity;
    }
}
