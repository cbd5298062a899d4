package org.openstack.oaktree.resource;

/**
 * What a class adds to the regular calls about one resource.
 *
 * @param completion of what is shown
 * @param followup to its WaitFor
 * @param cleanup before its Delete
 */
public record Additions(Completion completion, Followup followup, Cleanup cleanup) {
    static final Additions NONE = of(Completion.NONE);

    /** Only what completes what is shown. */
    public static Additions of(Completion completion) {
        return new Additions(completion, Followup.NONE, Cleanup.NONE);
    }
}
