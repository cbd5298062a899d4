package org.openstack.oaktree.config;

import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** The errors of this package: they name the file, the cloud and the setting, and never a value. */
final class Problems {

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

    static OaktreeException unknownCloud(String cloud, String what) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_UNKNOWN_CLOUD, what)
                .place(cloud, "")
                .build();
    }

    static OaktreeException unknownRegion(String cloud, String region, String what) {
        return OaktreeException.of(ErrorReason.ERROR_REASON_UNKNOWN_REGION, what)
                .place(cloud, region)
                .build();
    }
}
