package org.openstack.oaktree.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openstack.oaktree.config.CloudDescription;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.config.Source;
import org.openstack.oaktree.error.OaktreeException;

/**
 * Says for people what a configuration comes to: what was read, from where, which clouds there are, and what would be asked of each.
 */
final class ConfigReport {
    private static final String ERROR = "error: ";
    private static final int KEYS_SHOWN = 200;

    private final PrintWriter out;
    private final List<String> errors = new ArrayList<>();

    ConfigReport(PrintWriter out) {
        this.out = out;
    }

    /** Prints the report; true when every cloud can be used as far as its configuration goes. */
    boolean print(ConfigEnvironment environment) {
        CloudsConfiguration configuration;
        try {
            configuration = CloudsConfiguration.load(environment);
        } catch (OaktreeException e) {
            out.println(ERROR + e.getMessage());
            return false;
        }
        sources(configuration, environment);
        clouds(configuration);
        configuration.warnings().forEach(warning -> out.println("warning: " + warning));
        errors.forEach(error -> out.println(ERROR + error));
        return errors.isEmpty();
    }

    private void sources(CloudsConfiguration configuration, ConfigEnvironment environment) {
        if (configuration.sources().isEmpty()) {
            out.println("Nothing was read. clouds.yaml is looked for in:");
            for (Path folder : environment.directories()) {
                out.println("  " + folder);
            }
            errors.add("no cloud is configured: there is neither a clouds.yaml nor an OS_AUTH_URL");
            return;
        }
        out.println("Read:");
        for (Source source : configuration.sources()) {
            out.println("  " + source.location() + " (" + source.kind().name().toLowerCase(Locale.ROOT) + ")");
            source.keys().stream().limit(KEYS_SHOWN).forEach(key -> out.println("    " + key));
            if (source.keys().size() > KEYS_SHOWN) {
                out.println("    and " + (source.keys().size() - KEYS_SHOWN) + " more");
            }
        }
    }

    private void clouds(CloudsConfiguration configuration) {
        String usual = configuration.defaultCloud();
        out.println("Default cloud: " + (usual.isEmpty() ? "none; calls must name one" : usual));
        if (!usual.isEmpty() && !configuration.cloudNames().contains(usual)) {
            errors.add("the default cloud '" + usual + "' is not configured");
        }
        for (String name : configuration.cloudNames()) {
            out.println("Cloud " + name + ":");
            CloudDescription cloud = configuration.describe(name);
            cloud.lines().forEach(line -> out.println("  " + line));
            if (!cloud.errors().isEmpty()) {
                errors.add("cloud " + name + " cannot be used "
                        + (cloud.regions().isEmpty() ? "" : "everywhere ") + "as it is configured");
            }
        }
    }
}
