package org.openstack.oaktree.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.cli.client.CallFailure;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The commands about resources ({@code oaktree server list}): one for each regular method of the API, whatever the API has. */
public final class Cli {
    private final Context context;

    private Cli(Context context) {
        this.context = context;
    }

    /** With the process's own surroundings and real connections. */
    public static Cli system() {
        return of(Environment.system(), Client::connect);
    }

    /** With others, for tests and for programs around it. */
    public static Cli of(Environment environment, Client.Connector connector) {
        Api api = Api.load();
        Map<String, Noun> nouns = Noun.all(api.services());
        return new Cli(new Context(environment, api, nouns, ColumnTable.load(), connector));
    }

    /**
     * Adds the commands, and the options that they have in common, to a program's command; makes it print without colours and end with the
     * documented exit codes instead of stack traces.
     */
    public void addTo(CommandLine program) {
        CommandSpec root = program.getCommandSpec();
        ConnectionOptions.addTo(root);
        for (Noun noun : context.nouns().values()) {
            CommandSpec group = group(root, noun);
            for (Verb verb : noun.methods().keySet()) {
                if (verb == Verb.SET_METADATA) {
                    continue;
                }
                ResourceCommand command = switch (verb) {
                    case LIST -> new ListCommand(context, noun);
                    case SHOW ->
                        Noun.text(noun.method(verb)) == null
                                ? new ShowCommand(context, noun)
                                : new TextCommand(context, noun);
                    case CREATE ->
                        noun.method(verb).isClientStreaming()
                                ? new UploadCommand(context, noun)
                                : new CreateCommand(context, noun);
                    case WAIT -> new WaitCommand(context, noun);
                    case SAVE -> new SaveCommand(context, noun);
                    case SET -> new SetCommand(context, noun);
                    case SET_METADATA, UNSET, DELETE, REBOOT, START, STOP -> new EachCommand(context, noun, verb);
                    case PRUNE -> new PruneCommand(context, noun);
                    case ADD_IP, REMOVE_IP -> new FloatingIpCommand(context, noun, verb);
                };
                add(group, verb, command.spec());
            }
        }
        CommandSpec limits = descend(root, LimitsCommand.group());
        limits.usageMessage().description("What a project may use of the cloud's services, and what it uses.");
        limits.addSubcommand(Verb.SHOW.word(), new LimitsCommand(context).spec());
        describeGroupsOfGroups(root);
        root.addSubcommand("help", new HelpCommand().spec());
        root.usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(ExitCode.list());
        program.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        program.setUsageHelpWidth(100);
        program.setOut(
                new PrintWriter(new OutputStreamWriter(context.environment().out(), StandardCharsets.UTF_8), true));
        program.setErr(context.environment().err());
        program.setParameterExceptionHandler(this::wrongUsage);
        program.setExecutionExceptionHandler(this::failed);
    }

    /** The first word of nouns of several words is no resource itself: {@code security} group. */
    private void describeGroupsOfGroups(CommandSpec root) {
        root.subcommands().forEach((word, command) -> {
            List<String> nouns = context.nouns().keySet().stream()
                    .filter(noun -> noun.startsWith(word + " "))
                    .sorted()
                    .toList();
            if (!nouns.isEmpty() && command.getCommandSpec().usageMessage().description().length == 0) {
                command.getCommandSpec().usageMessage().description("Commands for: " + String.join(", ", nouns) + ".");
            }
        });
    }

    /** Adds the command below the words before its last one. */
    private static void add(CommandSpec group, Verb verb, CommandSpec command) {
        List<String> words = List.of(verb.word().split(" "));
        CommandSpec last = descend(group, words.subList(0, words.size() - 1));
        if (words.size() > 1) {
            last.usageMessage().description(command.usageMessage().description());
        }
        last.addSubcommand(words.getLast(), command);
    }

    private CommandSpec group(CommandSpec root, Noun noun) {
        CommandSpec group = descend(root, noun.words());
        String about = noun.methods().values().stream()
                .findFirst()
                .map(method -> context.api().comment(method.getService()))
                .orElse("");
        group.usageMessage().description(Options.description(about));
        return group;
    }

    private static CommandSpec descend(CommandSpec root, List<String> words) {
        CommandSpec group = root;
        for (String word : words) {
            CommandLine existing = group.subcommands().get(word);
            if (existing == null) {
                CommandSpec fresh = CommandSpec.create();
                fresh.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Print this.")
                        .build());
                group.addSubcommand(word, fresh);
                group = fresh;
            } else {
                group = existing.getCommandSpec();
            }
        }
        return group;
    }

    private int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        PrintWriter err = context.environment().err();
        err.println("Error: " + wrong.getMessage());
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            CommandLine.UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println("See '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = context.environment().err();
        return switch (failure) {
            case Output.Closed _ -> ExitCode.NOBODY_READS;
            case CallFailure call -> {
                err.println("Error: " + call.getMessage());
                yield call.kind() == CallFailure.Kind.UNREACHABLE ? ExitCode.UNREACHABLE : ExitCode.FAILED;
            }
            case UncheckedIOException io -> {
                err.println("Error: " + message(io));
                yield ExitCode.FAILED;
            }
            default -> {
                err.println("Error: " + failure + ". This is a bug of oaktree.");
                yield ExitCode.FAILED;
            }
        };
    }

    private static String message(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : IoFailures.text(cause);
    }
}
