package org.openstack.oaktree.simcloud.nova;

/**
 * How much of nova's things a project may have; keypairs count per user.
 *
 * @param ramMib of all its servers together
 */
public record Quotas(
        int instances,
        int cores,
        int ramMib,
        int keypairs,
        int metadataItems,
        int serverGroups,
        int serverGroupMembers) {
    /** Room for tests that make many things. */
    public static Quotas generous() {
        return new Quotas(50_000, 100_000, 100_000_000, 1_000, 128, 1_000, 1_000);
    }
}
