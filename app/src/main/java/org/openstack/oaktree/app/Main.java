package org.openstack.oaktree.app;

import org.openstack.oaktree.cli.Cli;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oaktree}: all its commands. Alone it says what they are. */
@Command(
        name = "oaktree",
        description = "OpenStack clouds over gRPC: the server, and a client for it.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {ServeCommand.class, DemoCommand.class, ConfigCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The program. Its exit status: 0 done, 1 failed, 2 wrongly called; {@code --help} names the rest. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine program = new CommandLine(new Main());
        Cli.system().addTo(program);
        return program;
    }
}
