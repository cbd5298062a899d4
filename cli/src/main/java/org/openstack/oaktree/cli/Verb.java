package org.openstack.oaktree.cli;

/** What a method does, by the first word of its name, and what the openstack client calls that. */
enum Verb {
    LIST("List", "list"),
    SHOW("Get", "show"),
    CREATE("Create", "create"),
    SET("Update", "set"),
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
    private final String word;

    Verb(String prefix, String word) {
        this.prefix = prefix;
        this.word = word;
    }

    /** First word of the method's name. */
    String prefix() {
        return prefix;
    }

    /** Last words of the command. */
    String word() {
        return word;
    }
}
