package org.openstack.oaktree.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    /** Variables that lead elsewhere in whatever cloud is named. */
    private static final List<String> PLACES = List.of(
            "OS_REGION_NAME", "OS_PROJECT_NAME", "OS_PROJECT_ID", "OS_PROJECT_DOMAIN_NAME", "OS_PROJECT_DOMAIN_ID");

    /** Runs {@code oaktree ARGUMENTS} and returns its exit code; what it prints goes to this process's outputs. */
    int call(String... arguments) {
        Environment system = Environment.system();
        Map<String, String> variables = new HashMap<>();
        variables.put("OAKTREE_ADDRESS", address);
        variables.put(
                "OAKTREE_TOKEN_FILE", tokenFile.isEmpty() ? Path.of("/dev/null").toString() : tokenFile);
        CommandLine program = new CommandLine(CommandSpec.create().name("oaktree"));
        Cli.of(
                        new Environment(
                                variables,
                                system.home(),
                                system.out(),
                                system.err(),
                                system.width(),
                                system.errWidth()),
                        Client::connect)
                .addTo(program);
        return program.execute(arguments);
    }

    /** Says how others call it, from a shell with such variables, which may be set up for another cloud. */
    void tellHow(PrintWriter out, Set<String> variables) {
        String plain = address.startsWith("unix:") ? address.substring("unix:".length()) : address;
        String unix = address.startsWith("unix:") ? "-unix " : "";
        String bearer = tokenFile.isEmpty() ? "" : "-H \"authorization: Bearer $(cat '" + tokenFile + "')\" ";
        String file = tokenFile.isEmpty() ? "" : " --token-file '" + tokenFile + "'";
        out.println();
        out.println("It stays up until you press Ctrl-C. From another terminal:");
        String clean = PLACES.stream()
                .filter(variables::contains)
                .map(variable -> "-u " + variable + " ")
                .collect(Collectors.joining());
        out.println("  " + (clean.isEmpty() ? "" : "env " + clean)
                + "./oaktree flavor list --os-cloud simcloud --address " + address + file);
        out.println("  grpcurl -plaintext " + unix + bearer + plain + " oaktree.compute.v1.Flavors/ListFlavors");
        out.println("From Python, with grpcio and the modules generated from proto/:");
        out.println("  channel = grpc.insecure_channel(\"" + address + "\")");
        if (!tokenFile.isEmpty()) {
            out.println("  metadata = [(\"authorization\", \"Bearer \" + open(\"" + tokenFile + "\").read().strip())]");
        }
        out.flush();
    }
}
