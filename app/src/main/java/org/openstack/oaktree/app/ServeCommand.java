package org.openstack.oaktree.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.openstack.oaktree.config.CloudDescription;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.server.logging.ServerLogs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oaktree serve}: serves the clouds of clouds.yaml to their owner until it is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serve the clouds of your clouds.yaml over gRPC, on this machine, to whoever has the token.",
            "Prints one line when it answers: oaktree ready grpc=ADDRESS http=ADDRESS token-file=PATH. Logs go to standard"
                    + " error. SIGTERM ends it once the calls in flight are answered."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final int FAILED = 1;

    @Mixin
    private ServerArguments arguments = new ServerArguments();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ServerLogs.toStandardError(arguments.logLevel());
        try {
            CloudsConfiguration configuration = CloudsConfiguration.load(ConfigEnvironment.system());
            if (configuration.cloudNames().isEmpty()) {
                return fail("no cloud is configured; 'oaktree config check' says where a clouds.yaml is looked for");
            }
            logOddities(configuration);
            try (Serving serving = Serving.start(configuration, arguments.options())) {
                arguments.warn(spec.commandLine().getErr());
                // Whoever reads that it is ready may tell it to end.
                serving.endOnSignal();
                spec.commandLine().getOut().println(serving.readyLine());
                spec.commandLine().getOut().flush();
                serving.awaitEnd();
            }
            return 0;
        } catch (OaktreeException | IOException e) {
            return fail(String.valueOf(e.getMessage()));
        }
    }

    /** What is odd about the configuration, or wrong with single clouds, shows once: the calls to other clouds go on. */
    private static void logOddities(CloudsConfiguration configuration) {
        configuration.warnings().forEach(LOG::warn);
        for (String name : configuration.cloudNames()) {
            CloudDescription cloud = configuration.describe(name);
            cloud.warnings().forEach(LOG::warn);
            cloud.errors().forEach(error -> LOG.warn("cloud {} cannot be used: {}", name, error));
        }
    }

    private int fail(String why) {
        spec.commandLine().getErr().println("Error: " + why);
        return FAILED;
    }
}
