package org.openstack.oaktree.simcloud.http;

import java.util.Optional;

/** Knows whose a token is. */
public interface Authenticator {
    /** The caller that the token stands for; empty when it is unknown, expired or revoked. Call it under the world's lock. */
    Optional<Caller> caller(String token);
}
