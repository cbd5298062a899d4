package org.openstack.oaktree.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Spans of time on the command line: {@code 90}, {@code 90s}, {@code 2m}, {@code 1h}. */
final class Durations {
    private static final Pattern DURATION =
            Pattern.compile("(?<number>[0-9]{1,9}(\\.[0-9]{1,3})?)(?<unit>ms|s|m|h|d|)");

    private Durations() {}

    static Duration parse(CommandSpec command, String option, String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new ParameterException(
                    command.commandLine(), option + ": '" + text + "' is no span of time; give 90, 90s, 2m or 1h");
        }
        double millis = switch (parts.group("unit")) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1_000;
        };
        return Duration.ofMillis(Math.round(Double.parseDouble(parts.group("number")) * millis));
    }
}
