package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Where a user types commands: a home, variables, and nothing else of the environment of the tests.
 *
 * @param home the folder that commands run in, too
 * @param variables beside HOME, PATH and JAVA_HOME
 */
public record Shell(Path home, Map<String, String> variables) {
    /** The folder of the project. */
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final String LAUNCHER = PROJECT.resolve("oaktree").toString();
    private static final int PATIENCE_SECONDS = 240;

    /** How a command ended, and what it wrote. */
    public record Finished(int status, String out, String err) {
        /** This, if the command ended well. */
        Finished well() {
            assertThat(status).as("%s%n%s", out, err).isZero();
            return this;
        }
    }

    public Shell {
        variables = Map.copyOf(variables);
    }

    public static Shell in(Path home) {
        return new Shell(home, Map.of());
    }

    /** The same with that variable. */
    public Shell with(String name, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(name, value);
        return new Shell(home, more);
    }

    /** Runs {@code oaktree ARGUMENTS} to its end. */
    Finished oaktree(String... arguments) throws IOException, InterruptedException {
        return run(launcher(arguments));
    }

    /** Begins {@code oaktree ARGUMENTS}. */
    Process begin(String... arguments) throws IOException {
        return prepared(home, launcher(arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Runs a command to its end. */
    Finished run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempDirectory(home, "output");
        Process process = prepared(home, command)
                .redirectOutput(output.resolve("out").toFile())
                .redirectError(output.resolve("err").toFile())
                .start();
        return finished(process, output);
    }

    private static Finished finished(Process process, Path output) throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        Finished finished = new Finished(
                process.waitFor(), Files.readString(output.resolve("out")), Files.readString(output.resolve("err")));
        assertThat(ended).as("it ends: %s", finished).isTrue();
        return finished;
    }

    /** A script of bash, in the folder of the project; it ends at the first command that fails. */
    Finished script(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile(home, "script", ".sh"), text);
        Path output = Files.createTempDirectory(home, "output");
        Process process = prepared(PROJECT, "bash", "-euo", "pipefail", file.toString())
                .redirectOutput(output.resolve("out").toFile())
                .redirectError(output.resolve("err").toFile())
                .start();
        return finished(process, output);
    }

    /** Starts {@code oaktree serve} with these options, and returns when it answers. */
    public RunningProgram serve(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        return start(launcher(arguments.toArray(String[]::new)));
    }

    /** The same with that folder before the others on the PATH. */
    Shell withPath(Path folder) {
        return with("PATH", folder + ":" + System.getenv("PATH"));
    }

    /** Starts a command whose first line tells where it listens, and returns when it has said so. */
    RunningProgram start(String... command) throws IOException {
        Path err = Files.createTempFile(home, "serve", ".err");
        return new RunningProgram(
                prepared(home, command)
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .redirectError(err.toFile())
                        .start(),
                err);
    }

    static String[] launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private ProcessBuilder prepared(Path folder, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", Objects.requireNonNull(System.getenv("PATH")));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(variables);
        return builder;
    }
}
