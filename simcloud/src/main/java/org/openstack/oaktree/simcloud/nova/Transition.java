package org.openstack.oaktree.simcloud.nova;

import java.util.Map;
import java.util.Set;
import org.openstack.oaktree.simcloud.http.ApiException;

/**
 * An action that takes a server from one state to another by way of a task.
 *
 * @param word nova's name of it in refusals
 * @param from the states in which it is possible
 * @param task shown while it lasts
 * @param to the state after it; "" = the same as before
 * @param power nova's number of the power state after it; -1 = the same as before
 */
record Transition(String word, Set<String> from, String task, String to, int power) {
    private static final int RUNNING = 1;
    private static final int PAUSED = 3;
    private static final int SHUTDOWN = 4;

    /** By the name of the action in request bodies. */
    static final Map<String, Transition> ALL = Map.ofEntries(
            Map.entry("os-start", new Transition("start", Set.of("stopped"), "powering-on", "active", RUNNING)),
            Map.entry(
                    "os-stop", new Transition("stop", Set.of("active", "error"), "powering-off", "stopped", SHUTDOWN)),
            Map.entry("pause", new Transition("pause", Set.of("active"), "pausing", "paused", PAUSED)),
            Map.entry("unpause", new Transition("unpause", Set.of("paused"), "unpausing", "active", RUNNING)),
            Map.entry("suspend", new Transition("suspend", Set.of("active"), "suspending", "suspended", SHUTDOWN)),
            Map.entry("resume", new Transition("resume", Set.of("suspended"), "resuming", "active", RUNNING)),
            Map.entry(
                    "shelve",
                    new Transition(
                            "shelve",
                            Set.of("active", "stopped", "paused", "suspended"),
                            "shelving",
                            "shelved_offloaded",
                            SHUTDOWN)),
            Map.entry(
                    "unshelve",
                    new Transition(
                            "unshelve", Set.of("shelved", "shelved_offloaded"), "unshelving", "active", RUNNING)),
            Map.entry(
                    "rescue",
                    new Transition("rescue", Set.of("active", "stopped", "error"), "rescuing", "rescued", RUNNING)),
            Map.entry("unrescue", new Transition("unrescue", Set.of("rescued"), "unrescuing", "active", RUNNING)),
            Map.entry(
                    "changePassword",
                    new Transition("changePassword", Set.of("active"), "updating_password", "active", RUNNING)),
            Map.entry(
                    "rebuild",
                    new Transition("rebuild", Set.of("active", "stopped", "error"), "rebuilding", "active", RUNNING)),
            Map.entry(
                    "resize", new Transition("resize", Set.of("active", "stopped"), "resize_prep", "resized", RUNNING)),
            Map.entry("confirmResize", new Transition("confirmResize", Set.of("resized"), "", "active", RUNNING)),
            Map.entry(
                    "revertResize",
                    new Transition("revertResize", Set.of("resized"), "resize_reverting", "active", RUNNING)),
            Map.entry(
                    "createImage",
                    new Transition(
                            "createImage",
                            Set.of("active", "stopped", "paused", "suspended"),
                            "image_snapshot",
                            "",
                            -1)));

    static final Transition SOFT_REBOOT = new Transition("reboot", Set.of("active"), "rebooting", "active", RUNNING);
    static final Transition HARD_REBOOT = new Transition(
            "reboot", Set.of("active", "stopped", "paused", "suspended", "error"), "rebooting_hard", "active", RUNNING);

    /**
     * Refuses what the server's state does not allow.
     *
     * @throws ApiException 409 in nova's words
     */
    void require(Server server) {
        if (!from.contains(server.vmState)) {
            throw refused(server, "vm_state " + server.vmState);
        }
        if (server.taskState != null) {
            throw refused(server, "task_state " + server.taskState);
        }
    }

    private ApiException refused(Server server, String state) {
        return new ApiException(409, "Cannot '" + word + "' instance " + server.id + " while it is in " + state);
    }
}
