package org.openstack.oaktree.simcloud.nova;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What users call a server's state, made from nova's own two words for it. */
final class Status {
    private static final Map<String, String> BY_VM_STATE = Map.ofEntries(
            Map.entry("active", "ACTIVE"),
            Map.entry("building", "BUILD"),
            Map.entry("stopped", "SHUTOFF"),
            Map.entry("resized", "VERIFY_RESIZE"),
            Map.entry("paused", "PAUSED"),
            Map.entry("suspended", "SUSPENDED"),
            Map.entry("rescued", "RESCUE"),
            Map.entry("error", "ERROR"),
            Map.entry("deleted", "DELETED"),
            Map.entry("shelved", "SHELVED"),
            Map.entry("shelved_offloaded", "SHELVED_OFFLOADED"));
    private static final Map<String, String> BY_TASK = Map.of(
            "rebooting", "REBOOT",
            "rebooting_hard", "HARD_REBOOT",
            "updating_password", "PASSWORD",
            "rebuilding", "REBUILD",
            "migrating", "MIGRATING",
            "resize_prep", "RESIZE",
            "resize_reverting", "REVERT_RESIZE");
    private static final Set<String> WITH_PROGRESS =
            Set.of("ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING", "REVERT_RESIZE");
    private static final Set<String> WITH_FAULT = Set.of("ERROR", "DELETED");

    private Status() {}

    static String of(String vmState, @Nullable String taskState) {
        String byTask = taskState == null ? null : BY_TASK.get(taskState);
        return byTask != null && !vmState.equals("deleted") ? byTask : BY_VM_STATE.getOrDefault(vmState, "UNKNOWN");
    }

    static boolean isKnown(String status) {
        return BY_VM_STATE.containsValue(status) || BY_TASK.containsValue(status);
    }

    static boolean hasProgress(String status) {
        return WITH_PROGRESS.contains(status);
    }

    static boolean hasFault(String status) {
        return WITH_FAULT.contains(status);
    }
}
