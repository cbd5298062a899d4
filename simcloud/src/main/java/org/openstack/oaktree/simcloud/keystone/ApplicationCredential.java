package org.openstack.oaktree.simcloud.keystone;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a program act as a user in one project without knowing his password.
 *
 * @param expiresAt null = never
 */
record ApplicationCredential(
        String id,
        String name,
        @Nullable String description,
        String secret,
        User user,
        Project project,
        List<Role> roles,
        boolean isUnrestricted,
        @Nullable Instant expiresAt) {
    ApplicationCredential {
        roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
        return "ApplicationCredential[" + id + ", " + name + "]";
    }
}
