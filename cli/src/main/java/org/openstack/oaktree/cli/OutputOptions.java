package org.openstack.oaktree.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.openstack.oaktree.cli.output.Format;
import org.openstack.oaktree.cli.output.Layout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Options of what a command prints, in the openstack client's words. */
final class OutputOptions {
    private final CommandSpec command;
    private final Given given;
    private final Environment environment;

    OutputOptions(CommandSpec command, Environment environment) {
        this.command = command;
        this.given = new Given(command);
        this.environment = environment;
    }

    /** For lists. */
    static void addToList(CommandSpec command) {
        add(
                command,
                Format.SHELL,
                List.of(
                        Options.value(
                                        "--quote",
                                        "WHICH",
                                        "Which csv fields are quoted: all, minimal, none or nonnumeric (default).")
                                .build(),
                        Options.flag("--print-empty", "Print the titles of a table that has no rows.")
                                .build(),
                        Options.values("--sort-column", "COLUMN", "Sort by this column. May be given several times.")
                                .build(),
                        Options.flag("--sort-ascending", "Sort upwards (default).")
                                .build(),
                        Options.flag("--sort-descending", "Sort downwards.").build()));
    }

    /** For single resources. */
    static void addToOne(CommandSpec command) {
        add(
                command,
                Format.CSV,
                List.of(Options.value("--prefix", "PREFIX", "Put this before each name (shell).")
                        .build()));
    }

    private static void add(CommandSpec command, Format excluded, List<OptionSpec> more) {
        List<OptionSpec> options = new ArrayList<>(List.of(
                Options.value("-f", "FORMAT", "Output format: " + words(excluded) + ". Default: table.")
                        .names("-f", "--format")
                        .build(),
                Options.values(
                                "-c",
                                "COLUMN",
                                "Print this column: one of the titles, a field of the resource (id, location.cloud), or what else the"
                                        + " cloud says of it. May be given several times.")
                        .names("-c", "--column")
                        .build(),
                Options.flag("--noindent", "Print JSON on one line.").build(),
                Options.number(
                                "--max-width",
                                "COLUMNS",
                                "Widest table. Default: CLIFF_MAX_TERM_WIDTH, else the terminal's width; 0: no limit.")
                        .build(),
                Options.flag("--fit-width", "Accepted for the openstack client's sake: tables always fit.")
                        .hidden(true)
                        .build()));
        options.addAll(more);
        Options.group(command, "Output", options);
    }

    Format format(Format excluded) {
        String word = given.text("--format").orElse(Format.TABLE.word());
        for (Format format : Format.values()) {
            if (format != excluded && format.word().equals(word)) {
                return format;
            }
        }
        throw wrong("--format: '" + word + "' is none of " + words(excluded));
    }

    List<String> columns() {
        return given.texts("--column");
    }

    List<String> sortColumns() {
        return given.texts("--sort-column");
    }

    boolean descending() {
        return given.flag("--sort-descending");
    }

    Layout layout() {
        return new Layout(
                width(),
                given.flag("--print-empty"),
                !given.flag("--noindent"),
                quote(),
                given.text("--prefix").orElse(""));
    }

    private OptionalInt width() {
        String variable = environment.variable("CLIFF_MAX_TERM_WIDTH");
        OptionalInt fallback =
                variable.matches("[1-9][0-9]{0,5}") ? OptionalInt.of(Integer.parseInt(variable)) : environment.width();
        return given.number("--max-width")
                .map(width -> width > 0 ? OptionalInt.of(width) : OptionalInt.empty())
                .orElse(fallback);
    }

    private Layout.Quote quote() {
        String word = given.text("--quote").orElse("nonnumeric");
        for (Layout.Quote quote : Layout.Quote.values()) {
            if (quote.name().toLowerCase(Locale.ROOT).equals(word)) {
                return quote;
            }
        }
        throw wrong("--quote: '" + word + "' is none of all, minimal, none, nonnumeric");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static String words(Format excluded) {
        return Arrays.stream(Format.values())
                .filter(format -> format != excluded)
                .map(Format::word)
                .collect(Collectors.joining(", "));
    }
}
