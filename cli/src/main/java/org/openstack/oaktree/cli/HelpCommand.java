package org.openstack.oaktree.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code oaktree help [WORD...]}: what {@code oaktree WORD... --help} prints. */
final class HelpCommand implements Callable<Integer> {
    private final CommandSpec command = CommandSpec.wrapWithoutInspection(this);

    CommandSpec spec() {
        command.usageMessage().description("Prints the help of a command.");
        command.addPositional(Options.arguments("WORD", "The words of the command.")
                .arity("0..*")
                .required(false)
                .build());
        return command;
    }

    @Override
    public Integer call() {
        CommandLine about = command.parent().commandLine();
        List<String> words = command.commandLine().getParseResult().hasMatchedPositional(0)
                ? new Given(command).arguments()
                : List.of();
        for (String word : words) {
            CommandLine next = about.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(about, "There is no command '" + String.join(" ", words) + "'.");
            }
            about = next;
        }
        about.usage(command.commandLine().getOut());
        return ExitCode.OK;
    }
}
