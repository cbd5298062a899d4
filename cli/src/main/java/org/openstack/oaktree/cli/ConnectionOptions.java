package org.openstack.oaktree.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openstack.oaktree.cli.client.Address;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.v1.Location;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options of every command: where oaktree is, and where in the clouds the command looks. */
final class ConnectionOptions {
    private static final String DEFAULT_ADDRESS = "127.0.0.1:50051";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final CommandSpec command;
    private final Given given;
    private final Environment environment;

    ConnectionOptions(CommandSpec command, Environment environment) {
        this.command = command;
        this.given = new Given(command);
        this.environment = environment;
    }

    static void addTo(CommandSpec command) {
        Options.group(
                command,
                "Where",
                List.of(
                        Options.value(
                                        "--address",
                                        "ADDRESS",
                                        "Where oaktree listens: HOST:PORT, https://HOST:PORT or unix:PATH. Default: OAKTREE_ADDRESS, else "
                                                + DEFAULT_ADDRESS + ".")
                                .build(),
                        Options.value(
                                        "--token-file",
                                        "FILE",
                                        "File with the token that oaktree wants. Default: OAKTREE_TOKEN_FILE, else"
                                                + " $XDG_STATE_HOME/oaktree/token.")
                                .build(),
                        Options.value(
                                        "--timeout",
                                        "DURATION",
                                        "Longest time for each call to oaktree, for example 90, 90s or 2m. Default: 60s.")
                                .build(),
                        Options.value(
                                        "--os-cloud",
                                        "CLOUD",
                                        "Cloud, as oaktree's configuration names it; '*' in lists: every one. Default: OS_CLOUD, else"
                                                + " oaktree's default.")
                                .build(),
                        Options.value(
                                        "--os-region-name",
                                        "REGION",
                                        "Region of the cloud; '*' in lists: every one. Default: OS_REGION_NAME, else the cloud's first.")
                                .build(),
                        Options.value(
                                        "--os-project-name",
                                        "PROJECT",
                                        "Project to act in. Default: OS_PROJECT_NAME, else that of the configuration.")
                                .build(),
                        Options.value("--os-project-id", "ID", "The same by its ID. Default: OS_PROJECT_ID.")
                                .build(),
                        Options.value(
                                        "--os-project-domain-name",
                                        "DOMAIN",
                                        "Domain of the project. Default: OS_PROJECT_DOMAIN_NAME.")
                                .build(),
                        Options.value(
                                        "--os-project-domain-id",
                                        "ID",
                                        "The same by its ID. Default: OS_PROJECT_DOMAIN_ID.")
                                .build()));
    }

    Client connect(Client.Connector connector) {
        return Client.open(address(), tokenFile(), timeout(), connector);
    }

    Location location() {
        Location.Builder location = Location.newBuilder()
                .setCloud(text("--os-cloud", "OS_CLOUD"))
                .setRegion(text("--os-region-name", "OS_REGION_NAME"));
        Location.Project project = Location.Project.newBuilder()
                .setName(text("--os-project-name", "OS_PROJECT_NAME"))
                .setId(text("--os-project-id", "OS_PROJECT_ID"))
                .setDomainName(text("--os-project-domain-name", "OS_PROJECT_DOMAIN_NAME"))
                .setDomainId(text("--os-project-domain-id", "OS_PROJECT_DOMAIN_ID"))
                .build();
        // A domain alone, as shells that were set up for other tools often have it, says nothing.
        if (!project.getName().isEmpty() || !project.getId().isEmpty()) {
            location.setProject(project);
        }
        return location.build();
    }

    private Address address() {
        String text = text("--address", "OAKTREE_ADDRESS");
        try {
            return Address.parse(text.isEmpty() ? DEFAULT_ADDRESS : text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Path tokenFile() {
        String text = text("--token-file", "OAKTREE_TOKEN_FILE");
        if (!text.isEmpty()) {
            return Path.of(text);
        }
        String state = environment.variable("XDG_STATE_HOME");
        Path base = state.startsWith("/")
                ? Path.of(state)
                : environment.home().resolve(".local").resolve("state");
        return base.resolve("oaktree").resolve("token");
    }

    private Duration timeout() {
        return given.text("--timeout")
                .map(text -> Durations.parse(command, "--timeout", text))
                .orElse(DEFAULT_TIMEOUT);
    }

    private String text(String option, String variable) {
        return given.text(option).orElseGet(() -> environment.variable(variable));
    }
}
