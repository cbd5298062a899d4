package org.openstack.oaktree.simcloud.keystone;

import org.jspecify.annotations.Nullable;

/**
 * How a user has shown who he is.
 *
 * @param method as keystone names it: password, token, application_credential
 * @param parent the token shown, if that was the proof
 * @param credential the application credential shown, if that was the proof
 */
record Proof(
        String method,
        User user,
        @Nullable Token parent,
        @Nullable ApplicationCredential credential) {}
