package org.openstack.oaktree.simcloud.nova;

import org.openstack.oaktree.simcloud.http.Caller;

/** What nova asks of glance before it builds a server. */
@FunctionalInterface
public interface ServerImages {
    /** Whether there is such an image that the caller may use. */
    boolean isUsable(Caller caller, String imageId);
}
