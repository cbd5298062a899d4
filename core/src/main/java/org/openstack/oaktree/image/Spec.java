package org.openstack.oaktree.image;

import java.util.Iterator;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.v1.ErrorReason;

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
            throw invalid("spec", "must be in the first message; none came");
        }
        CreateImageRequest first = requests.next();
        if (!first.hasSpec()) {
            throw invalid("spec", "must be in the first message");
        }
        if (first.hasOffsetBytes()) {
            throw invalid("offset_bytes", "must not be in the first message");
        }
        if (first.getSpec().getSizeBytes() < 0) {
            throw invalid("spec.size_bytes", "must not be negative");
        }
        return first.getSpec();
    }

    static OaktreeException invalid(String field, String description) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, field + " " + description + ".")
                .field(field, description)
                .build();
    }
}
