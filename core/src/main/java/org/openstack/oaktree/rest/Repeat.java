package org.openstack.oaktree.rest;

/** Whether a request that broke may be sent again, beyond what the cloud is known not to have done. */
public enum Repeat {
    /** GET and HEAD may, everything else may not. */
    BY_METHOD,
    /** It may, whatever its method: it changes nothing that matters (a login). */
    ALWAYS,
    /** It may until its reader has begun: what was read is passed on at once and cannot be taken back. */
    UNTIL_READ
}
