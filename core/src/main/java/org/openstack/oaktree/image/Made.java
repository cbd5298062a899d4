package org.openstack.oaktree.image;

import java.time.Instant;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.v1.ErrorReason;

/** What follows when another service has begun to make an image. */
final class Made {
    private Made() {}

    /** The image's ID as the service answered it, if it did. */
    static String id(String found, String service) {
        if (found.isEmpty()) {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN,
                            "the cloud answered without the new image's ID; look whether it is there")
                    .service(service)
                    .build();
        }
        return found;
    }

    /** The image that this call has begun, when it is complete; one that fails is deleted again. */
    static Image ready(ResourceAccess images, Cloud cloud, String id, String operation, Instant until) {
        try {
            return (Image) images.awaited(cloud, id, operation, until);
        } catch (OaktreeException e) {
            if (ResourceAccess.hasFailed(e)) {
                throw images.undone(cloud, id, operation, e);
            }
            throw e;
        }
    }
}
