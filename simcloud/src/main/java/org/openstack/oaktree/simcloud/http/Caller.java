package org.openstack.oaktree.simcloud.http;

import java.util.List;

/**
 * Who makes a call, as the token says.
 *
 * @param projectId "" when the token is not scoped to a project
 * @param roles names of the roles in that project
 */
public record Caller(String userId, String userName, String projectId, String projectName, List<String> roles) {
    public Caller {
        roles = List.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /** Whether the caller may change what the project owns. */
    public boolean isMember() {
        return isAdmin() || roles.contains("member");
    }

    /** Whether the caller may know of what the project owns. */
    public boolean sees(String ownerProjectId) {
        return isAdmin() || projectId.equals(ownerProjectId);
    }
}
