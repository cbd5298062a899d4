package org.openstack.oaktree.app;

import java.io.PrintWriter;
import org.openstack.oaktree.config.ConfigEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oaktree config}: about what oaktree reads before it serves. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Look at what oaktree reads of clouds.yaml and the environment.")
final class ConfigCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Print what was read, from where, and what would be asked of each cloud. No secret is printed, no cloud is asked.",
                "Ends with status 1 when something of it cannot be used."
            })
    int check() {
        PrintWriter out = spec.commandLine().getOut();
        boolean good = new ConfigReport(out).print(ConfigEnvironment.system());
        out.flush();
        return good ? 0 : 1;
    }
}
