package org.openstack.oaktree.cloud;

import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.session.Identity;
import org.openstack.oaktree.session.Session;
import org.openstack.oaktree.v1.Location;

/** One region of one cloud as one credential and project see it. Immutable; safe for use by many threads. */
public final class Cloud {
    private final Session session;

    Cloud(Session session) {
        this.session = session;
    }

    /** Its configuration. */
    public CloudConfig config() {
        return session.config();
    }

    /** Its credential at work. */
    public Session session() {
        return session;
    }

    /** Who sees what in it: stable text for cloud, region, project and user. What differs in it may never share an answer. */
    public String scope() {
        return session.scopeKey();
    }

    /** Where this is, without zone and project. */
    public Location region() {
        return Location.newBuilder()
                .setCloud(config().name())
                .setRegion(config().region())
                .build();
    }

    /** The project that calls are made for; empty when the credential has none. */
    public Location.Project project() {
        Identity identity = session.identity();
        return Location.Project.newBuilder()
                .setId(identity.projectId())
                .setName(identity.projectName())
                .setDomainId(identity.projectDomainId())
                .setDomainName(identity.projectDomainName())
                .build();
    }
}
