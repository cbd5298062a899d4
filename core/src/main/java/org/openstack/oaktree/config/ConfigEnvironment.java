package org.openstack.oaktree.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the configuration depends on besides the files themselves.
 *
 * @param variables environment variables; of interest are {@code OS_*}, {@code XDG_*} and {@code SNAP_REAL_HOME}
 * @param workingDirectory the first place where files are looked for, and what relative paths start from
 * @param home the user's home, for {@code ~} and {@code ~/.config/openstack}
 * @param siteDirectories directories for all users: the last places where files are looked for
 */
public record ConfigEnvironment(
        Map<String, String> variables, Path workingDirectory, Path home, List<Path> siteDirectories) {

    /** Copies its arguments. */
    public ConfigEnvironment {
        variables = Map.copyOf(variables);
        siteDirectories = List.copyOf(siteDirectories);
    }

    /** The environment of this process. */
    public static ConfigEnvironment system() {
        return new ConfigEnvironment(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "/")),
                siteDirectories(System.getenv(), Path.of("/etc")));
    }

    /**
     * The same environment, but with this file as the only clouds.yaml that is considered.
     *
     * @param file as {@code OS_CLIENT_CONFIG_FILE} would name it
     */
    public ConfigEnvironment withCloudsFile(Path file) {
        Map<String, String> changed = new HashMap<>(variables);
        changed.put("OS_CLIENT_CONFIG_FILE", file.toString());
        return new ConfigEnvironment(changed, workingDirectory, home, siteDirectories);
    }

    /** Where configuration files are looked for, in this order, each directory once. */
    public List<Path> directories() {
        LinkedHashSet<Path> directories = new LinkedHashSet<>();
        directories.add(workingDirectory);
        directories.add(userDirectory());
        String snapHome = variable("SNAP_REAL_HOME");
        Path unixHome = snapHome.isEmpty() ? home : Path.of(snapHome);
        directories.add(unixHome.resolve(".config").resolve("openstack"));
        directories.addAll(siteDirectories);
        return List.copyOf(directories);
    }

    /** The variable's text, or empty text. A variable that is set to nothing counts as absent. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** {@code ~} and {@code ~/…} are the user's home; other relative paths start at the working directory. */
    Path path(String text) {
        if (text.equals("~")) {
            return home;
        }
        if (text.startsWith("~/")) {
            return home.resolve(text.substring(2));
        }
        return workingDirectory.resolve(text);
    }

    private Path userDirectory() {
        if (os().startsWith("mac")) {
            return home.resolve("Library/Application Support/openstack");
        }
        if (os().startsWith("windows")) {
            String local = variable("LOCALAPPDATA");
            Path base = local.isEmpty() ? home.resolve("AppData/Local") : Path.of(local);
            return base.resolve("OpenStack").resolve("openstack");
        }
        String xdg = variable("XDG_CONFIG_HOME");
        Path base = xdg.isBlank() ? home.resolve(".config") : Path.of(xdg);
        return base.resolve("openstack");
    }

    static List<Path> siteDirectories(Map<String, String> variables, Path etc) {
        List<Path> directories = new ArrayList<>();
        if (os().startsWith("mac")) {
            directories.add(Path.of("/Library/Application Support/openstack"));
        } else if (os().startsWith("windows")) {
            String all = variables.getOrDefault("ProgramData", "C:\\ProgramData");
            directories.add(Path.of(all).resolve("OpenStack").resolve("openstack"));
        } else {
            String xdg = variables.getOrDefault("XDG_CONFIG_DIRS", "");
            for (String directory : (xdg.isBlank() ? etc.resolve("xdg").toString() : xdg).split(":", -1)) {
                if (!directory.isBlank()) {
                    directories.add(Path.of(directory).resolve("openstack"));
                }
            }
        }
        directories.add(etc.resolve("openstack"));
        return directories;
    }

    private static String os() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }
}
