package org.openstack.oaktree.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What the user gave for the options of a command, after it or before it ({@code oaktree --os-cloud x server list}). */
final class Given {
    private final CommandSpec command;

    Given(CommandSpec command) {
        this.command = command;
    }

    /** The option's value, the one nearest to the command's words first. */
    Optional<Object> value(String name) {
        for (CommandSpec spec = command; spec != null; spec = spec.parent()) {
            ParseResult result = spec.commandLine().getParseResult();
            if (result != null && spec.findOption(name) != null && result.hasMatchedOption(name)) {
                return Optional.ofNullable(result.matchedOptionValue(name, null));
            }
        }
        return Optional.empty();
    }

    Optional<String> text(String name) {
        return value(name).map(String.class::cast);
    }

    Optional<Integer> number(String name) {
        return value(name).map(Integer.class::cast);
    }

    /** Values of an option that may be given several times. */
    List<String> texts(String name) {
        return value(name)
                .map(values ->
                        ((List<?>) values).stream().map(String.class::cast).toList())
                .orElse(List.of());
    }

    /** Whether a flag without a value is there. */
    boolean flag(String name) {
        return value(name).map(Boolean.class::cast).orElse(false);
    }

    /** The argument of a command that takes one. */
    String argument() {
        return command.commandLine().getParseResult().matchedPositional(0).getValue();
    }

    /** The argument at that place, counted from 0, of a command that takes several single ones. */
    Optional<String> argument(int place) {
        PositionalParamSpec matched = command.commandLine().getParseResult().matchedPositional(place);
        return matched == null ? Optional.empty() : Optional.ofNullable(matched.getValue());
    }

    /** The arguments of a command that takes several. */
    List<String> arguments() {
        return command.commandLine().getParseResult().matchedPositional(0).getValue();
    }
}
