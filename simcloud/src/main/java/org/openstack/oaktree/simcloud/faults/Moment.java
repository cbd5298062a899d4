package org.openstack.oaktree.simcloud.faults;

/** When a fault strikes a call. */
public enum Moment {
    /** Nothing was done in the cloud. */
    BEFORE_EFFECT,
    /** The cloud did it; what is lost or spoiled is only the answer. */
    AFTER_EFFECT
}
