package org.openstack.oaktree.cli;

import java.util.Optional;

/** What a method does, by the first and last words of its name, and what the openstack client calls that. */
enum Verb {
    LIST("List", "list"),
    SHOW("Get", "show"),
    CREATE("Create", "create"),
    SET("Update", "set"),
    /** Part of {@link #SET}, which is one command for both. */
    SET_METADATA("Set", "Metadata", "set"),
    UNSET("Delete", "Metadata", "unset"),
    DELETE("Delete", "delete"),
    REBOOT("Reboot", "reboot"),
    START("Start", "start"),
    STOP("Stop", "stop"),
    WAIT("WaitFor", "wait"),
    SAVE("Download", "save"),
    PRUNE("DeleteUnattached", "prune"),
    ADD_IP("AddIpsTo", "add floating ip"),
    REMOVE_IP("DetachIpFrom", "remove floating ip");

    private final String prefix;
    private final String suffix;
    private final String word;

    Verb(String prefix, String word) {
        this(prefix, "", word);
    }

    Verb(String prefix, String suffix, String word) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.word = word;
    }

    /** What a method of that name is about; empty: it does something else. */
    Optional<String> subject(String method) {
        return method.startsWith(prefix)
                        && method.endsWith(suffix)
                        && method.length() > prefix.length() + suffix.length()
                ? Optional.of(method.substring(prefix.length(), method.length() - suffix.length()))
                : Optional.empty();
    }

    /** Last words of the command. */
    String word() {
        return word;
    }
}
