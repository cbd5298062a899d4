package org.openstack.oaktree.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.openstack.oaktree.cli.Cli;
import org.openstack.oaktree.cli.Environment;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Somebody who calls a running oaktree over gRPC.
 *
 * @param address where it listens
 * @param tokenFile file with its token; empty: it wants none
 */
record Visitor(String address, String tokenFile) {
    /** Runs {@code oaktree ARGUMENTS} and returns its exit code; what it prints goes to this process's outputs. */
    int call(String... arguments) {
        Environment system = Environment.system();
        Map<String, String> variables = new HashMap<>();
        variables.put("OAKTREE_ADDRESS", address);
        variables.put(
                "OAKTREE_TOKEN_FILE", tokenFile.isEmpty() ? Path.of("/dev/null").toString() : tokenFile);
        CommandLine program = new CommandLine(CommandSpec.create().name("oaktree"));
        Cli.of(new Environment(variables, system.home(), system.out(), system.err(), system.width()), Client::connect)
                .addTo(program);
        return program.execute(arguments);
    }

    /** Says how others call it. */
    void tellHow(PrintWriter out) {
        String plain = address.startsWith("unix:") ? address.substring("unix:".length()) : address;
        String unix = address.startsWith("unix:") ? "-unix " : "";
        String bearer = tokenFile.isEmpty() ? "" : "-H \"authorization: Bearer $(cat '" + tokenFile + "')\" ";
        String file = tokenFile.isEmpty() ? "" : " --token-file '" + tokenFile + "'";
        out.println();
        out.println("It stays up until you press Ctrl-C. From another terminal:");
        out.println("  ./oaktree flavor list --address " + address + file);
        out.println("  grpcurl -plaintext " + unix + bearer + plain + " oaktree.compute.v1.Flavors/ListFlavors");
        out.println("From Python, with grpcio and the modules generated from proto/:");
        out.println("  channel = grpc.insecure_channel(\"" + address + "\")");
        if (!tokenFile.isEmpty()) {
            out.println("  metadata = [(\"authorization\", \"Bearer \" + open(\"" + tokenFile + "\").read().strip())]");
        }
        out.flush();
    }
}
