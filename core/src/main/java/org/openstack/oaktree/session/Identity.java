package org.openstack.oaktree.session;

import java.time.Instant;
import java.util.List;

/**
 * Who a session is, as Keystone says. Texts are empty where there is nothing: a session may be scoped to no project.
 *
 * @param projectId ID of the project that the session is scoped to
 * @param projectName its name
 * @param projectDomainId ID of the domain that owns the project
 * @param projectDomainName name of that domain
 * @param userId ID of the user
 * @param userName its name
 * @param roles names of the roles that the user has here, sorted
 * @param tokenExpiresAt when the token that said so ends; far in the future when there is none
 * @param asOf when Keystone was asked for that token, by this machine's clock; far in the future when it was not
 */
public record Identity(
        String projectId,
        String projectName,
        String projectDomainId,
        String projectDomainName,
        String userId,
        String userName,
        List<String> roles,
        Instant tokenExpiresAt,
        Instant asOf) {
    /** Of sessions that do without Keystone. */
    static final Identity NOBODY = new Identity("", "", "", "", "", "", List.of(), Instant.MAX, Instant.MAX);

    public Identity {
        roles = roles.stream().sorted().toList();
    }
}
