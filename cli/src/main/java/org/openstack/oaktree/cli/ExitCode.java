package org.openstack.oaktree.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command ends with. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    /** As if the shell's SIGPIPE had ended it. */
    static final int NOBODY_READS = 141;

    private ExitCode() {}

    /** For help texts. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        list.put("0", "It is done.");
        list.put("1", "oaktree or the cloud said no, or a list is incomplete; standard error says why.");
        list.put("2", "The command line is wrong.");
        list.put("3", "oaktree does not answer, or wants another token.");
        list.put("141", "Standard output was closed by its reader.");
        return list;
    }
}
