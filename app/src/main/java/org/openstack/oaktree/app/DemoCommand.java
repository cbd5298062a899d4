package org.openstack.oaktree.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openstack.oaktree.cli.Environment;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.logging.ServerLogs;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code oaktree demo}: serves a simulated cloud, shows some calls and their answers, and stays up to be tried. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Try oaktree on a simulated cloud inside this process: a short tour of calls, then it stays up for yours.",
            "Nothing leaves this machine. Without a terminal, or with --exit, it ends after the tour."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int SERVERS = 3;
    private static final int FAILED = 1;

    @Mixin
    private ServerArguments arguments = new ServerArguments();

    @Option(names = "--exit", description = "End after the tour.")
    private boolean exit;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ParseResult given = spec.commandLine().getParseResult();
        ServerLogs.toStandardError(given.hasMatchedOption("--log-level") ? arguments.logLevel() : Level.ERROR);
        boolean anyPort = !given.hasMatchedOption("--listen") && !given.hasMatchedOption("--http-listen");
        PrintWriter out = spec.commandLine().getOut();
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults().withServers(SERVERS));
                Serving serving = start(configuration(cloud), arguments.options(), anyPort)) {
            arguments.warn(spec.commandLine().getErr());
            out.println(serving.readyLine());
            Visitor visitor = new Visitor(
                    serving.server().address().toString(),
                    arguments.options().tokenFile().map(Path::toString).orElse(""));
            boolean well = new Tour(out, visitor).run();
            if (!well || exit || !isOnTerminal()) {
                return well ? 0 : FAILED;
            }
            serving.endOnSignal();
            visitor.tellHow(out, System.getenv().keySet());
            serving.awaitEnd();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("Error: " + e.getMessage());
            return FAILED;
        }
    }

    /** The clouds of the simulated cloud, and nothing of the user's own. */
    private static CloudsConfiguration configuration(SimCloud cloud) throws IOException {
        Path folder = Files.createTempDirectory("oaktree-demo");
        Path file = folder.resolve("clouds.yaml");
        try {
            Files.writeString(file, cloud.cloudsYaml());
            return CloudsConfiguration.load(
                    new ConfigEnvironment(Map.of("OS_CLOUD", "simcloud"), folder, folder, List.of())
                            .withCloudsFile(file));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** Starts on the usual ports; if the user did not ask for them and they are taken, on free ones. */
    private Serving start(CloudsConfiguration configuration, ServerOptions options, boolean anyPort)
            throws IOException {
        try {
            return Serving.start(configuration, options);
        } catch (IOException e) {
            if (!anyPort) {
                throw e;
            }
            spec.commandLine().getErr().println(e.getMessage() + ". Taking free ports instead.");
            return Serving.start(
                    configuration,
                    new ServerOptions(
                            ListenAddress.parse("127.0.0.1:0"),
                            ListenAddress.loopback("127.0.0.1:0"),
                            options.tokenFile()));
        }
    }

    private static boolean isOnTerminal() {
        return Environment.system().width().isPresent();
    }
}
