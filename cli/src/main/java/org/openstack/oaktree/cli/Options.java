package org.openstack.oaktree.cli;

import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes options whose descriptions are plain text. */
final class Options {
    private Options() {}

    static OptionSpec.Builder flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(plain(description));
    }

    static OptionSpec.Builder value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(plain(description));
    }

    static OptionSpec.Builder number(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(Integer.class)
                .arity("1")
                .paramLabel(label)
                .description(plain(description));
    }

    /** May be given several times. */
    static OptionSpec.Builder values(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(plain(description));
    }

    static PositionalParamSpec.Builder argument(String label, String description) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel(label)
                .description(plain(description));
    }

    /** Several, at least one. */
    static PositionalParamSpec.Builder arguments(String label, String description) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .index("0..*")
                .arity("1..*")
                .required(true)
                .paramLabel(label)
                .description(plain(description));
    }

    /** Options under a heading of the help text. */
    static void group(CommandSpec command, String heading, List<OptionSpec> options) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().heading(heading + ":%n").validate(false).exclusive(false);
        options.forEach(group::addArg);
        command.addArgGroup(group.build());
    }

    /** Two paragraphs, for picocli lists commands with the first one: the first sentence, and the others. */
    static String[] description(String comment) {
        return plain(comment).split("(?<=\\.) ", 2);
    }

    /** Picocli reads percent signs as places for values and {@code @|} as the begin of a colour. */
    static String plain(String text) {
        return text.replace("%", "%%").replace("@|", "@ |");
    }
}
