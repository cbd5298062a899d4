package org.openstack.oaktree.config;

import java.util.Collection;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** The errors of this package: they name the file, the cloud and the setting, and never a value. */
final class Problems {

    private static final String HOW =
            "Requests name one in location.cloud; the command line by --os-cloud, else OS_CLOUD.";

    private Problems() {}

    /** What is configured for all clouds cannot be used. */
    static OaktreeException misconfigured(String what) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED, what)
                .build();
    }

    /** What is configured of one cloud cannot be used. */
    static OaktreeException misconfigured(String cloud, String what) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED, "cloud '" + cloud + "': " + what)
                .place(cloud, "")
                .build();
    }

    /** No cloud of that name is among those that there are. */
    static OaktreeException unknownCloud(String cloud, Collection<String> known) {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_UNKNOWN_CLOUD,
                        "no cloud '" + cloud + "' is configured"
                                + (known.isEmpty() ? "" : "; there are " + String.join(", ", known) + ". " + HOW))
                .place(cloud, "")
                .build();
    }

    /** No cloud is named and none is the default. */
    static OaktreeException noDefaultCloud(Collection<String> known) {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_UNKNOWN_CLOUD,
                        known.isEmpty()
                                ? "no cloud is configured: neither a clouds.yaml nor OS_* variables were found"
                                : "no cloud is named and none is the default; there are " + String.join(", ", known)
                                        + ". " + HOW)
                .build();
    }

    static OaktreeException unknownRegion(String cloud, String region, String what) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_UNKNOWN_REGION, what)
                .place(cloud, region)
                .build();
    }
}
