package org.openstack.oaktree.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Some calls that a new user would make, made over gRPC, with what oaktree answers. */
final class Tour {
    private static final int FAILED = 1;

    private final PrintWriter out;
    private final Visitor visitor;
    private boolean well = true;

    Tour(PrintWriter out, Visitor visitor) {
        this.out = out;
        this.visitor = visitor;
    }

    /** Makes the calls; returns whether all of them ended as a new user should see it. */
    boolean run() {
        call("The clouds that this oaktree serves.", 0, "cloud", "list");
        call("What servers start from.", 0, "image", "list");
        call("Sizes of servers.", 0, "flavor list -c Name -c RAM -c Disk -c VCPUs".split(" "));
        call("Servers.", 0, "server", "list");
        call("The address of one of them.", 0, "server show server-00000 -c name -c status -c private_v4".split(" "));
        keypair();
        call("What goes wrong has a reason that programs can rely on.", FAILED, "flavor", "show", "m1.galactic");
        return well;
    }

    private void keypair() {
        try {
            Path folder = Files.createTempDirectory("oaktree-demo");
            Path file = folder.resolve("key");
            try {
                call(
                        "A keypair; its private key is told only once.",
                        0,
                        "keypair",
                        "create",
                        "demo-key",
                        "--private-key",
                        file.toString());
                call("There it is.", 0, "keypair", "list");
                call("And gone.", 0, "keypair", "delete", "demo-key");
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void call(String about, int expected, String... arguments) {
        out.println();
        out.println("# " + about);
        out.println("$ oaktree " + String.join(" ", List.of(arguments)));
        out.flush();
        well &= visitor.call(arguments) == expected;
    }
}
