package org.openstack.oaktree.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What surrounds a command.
 *
 * @param variables environment variables
 * @param home the user's home directory
 * @param out takes what the command prints, as UTF-8; anything else than {@code System.out}, which hides broken pipes
 * @param err takes what goes wrong, as UTF-8
 * @param width columns of the terminal that {@code out} is; empty: it is none
 * @param errWidth columns of the terminal that {@code err} is; empty: it is none
 */
public record Environment(
        Map<String, String> variables,
        Path home,
        OutputStream out,
        PrintWriter err,
        OptionalInt width,
        OptionalInt errWidth) {
    /** Set by the launcher, which knows whether standard output is a terminal. */
    private static final String WIDTH = "oaktree.terminal.width";

    /** The same of standard error. */
    private static final String ERR_WIDTH = "oaktree.terminal.err.width";

    /** That of this process. */
    public static Environment system() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                new FileOutputStream(FileDescriptor.out),
                new PrintWriter(
                        new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true),
                columns(WIDTH),
                columns(ERR_WIDTH));
    }

    private static OptionalInt columns(String property) {
        int columns = Integer.getInteger(property, 0);
        return columns <= 0 ? OptionalInt.empty() : OptionalInt.of(columns);
    }

    /** The variable; empty text if it is not set. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }
}
