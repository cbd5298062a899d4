package org.openstack.oaktree.image;

import java.util.Iterator;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageSpec;

/** The first message of an upload. */
final class Spec {
    private Spec() {}

    /**
     * Takes it from the stream.
     *
     * @throws OaktreeException INVALID_FIELD when something else comes
     */
    static CreateImageSpec of(Iterator<CreateImageRequest> requests) {
        if (!requests.hasNext()) {
            throw OaktreeException.invalidField("spec", "must be in the first message; none came");
        }
        CreateImageRequest first = requests.next();
        if (!first.hasSpec()) {
            throw OaktreeException.invalidField("spec", "must be in the first message");
        }
        if (first.hasOffsetBytes()) {
            throw OaktreeException.invalidField("offset_bytes", "must not be in the first message");
        }
        if (first.getSpec().getSizeBytes() < 0) {
            throw OaktreeException.invalidField("spec.size_bytes", "must not be negative");
        }
        return first.getSpec();
    }
}
