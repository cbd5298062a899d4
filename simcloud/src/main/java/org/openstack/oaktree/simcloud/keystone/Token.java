package org.openstack.oaktree.simcloud.keystone;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Caller;

/**
 * Proof of who calls, and in which project.
 *
 * @param methods how it was got, newest first
 * @param auditIds its own, and that of the token it was made from
 * @param project null = not scoped
 * @param credential what it was got with, if that was an application credential
 */
record Token(
        String text,
        List<String> methods,
        List<String> auditIds,
        User user,
        @Nullable Project project,
        List<Role> roles,
        @Nullable ApplicationCredential credential,
        Instant issuedAt,
        Instant expiresAt) {
    Token {
        methods = List.copyOf(methods);
        auditIds = List.copyOf(auditIds);
        roles = List.copyOf(roles);
    }

    Caller caller() {
        return new Caller(
                user.id(),
                user.name(),
                project == null ? "" : project.id(),
                project == null ? "" : project.name(),
                roles.stream().map(Role::name).toList());
    }

    @Override
    public String toString() {
        return "Token[" + user.name() + ", until " + expiresAt + "]";
    }
}
