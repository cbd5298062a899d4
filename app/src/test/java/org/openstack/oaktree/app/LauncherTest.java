package org.openstack.oaktree.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a repository of its own, whose Maven and JDK are scripts that tell how they were called. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "oaktree");
    private static final Path JDK = Path.of("jdk.sh");

    /** Builds what the launcher looks for; waits for the file {@code go} if the file {@code slow} is there. */
    private static final String MVN = """
            #!/bin/bash
            echo "$@" >>"ROOT/mvn.log"
            while [ -e "ROOT/slow" ] && ! [ -e "ROOT/go" ]; do read -r -t 0.1 <> <(:); done
            [ -e "ROOT/broken" ] && { echo "[ERROR] cannot find symbol"; exit 1; }
            mkdir -p "ROOT/app/target/lib" && touch "ROOT/app/target/oaktree-app.jar"
            """;

    private static final String JAVA = """
            #!/bin/bash
            printf '<%s>' "$@"
            echo " LC_CTYPE=$LC_CTYPE"
            exit 7
            """;

    private record Run(int code, String out, String err) {}

    @TempDir
    private Path temp;

    private final Map<Process, Path> outputs = new HashMap<>();
    private Path root = Path.of("");
    private Path bin = Path.of("");

    @BeforeEach
    void repository() throws IOException {
        root = Files.createDirectories(temp.resolve("a folder").resolve("oaktree's"));
        bin = Files.createDirectories(temp.resolve("bin"));
        executable(root.resolve("oaktree"), Files.readString(LAUNCHER));
        Files.createDirectories(root.resolve("app"));
        Files.writeString(root.resolve("app/jdk.sh"), Files.readString(JDK).replace("/usr/lib/jvm", temp + "/none"));
        Files.writeString(root.resolve("pom.xml"), "  <jvm.flags>--one --two=x</jvm.flags>\n");
        for (String module : List.of("proto", "core", "server", "cli", "simcloud", "app")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.createDirectories(root.resolve(module).resolve("src/test/java"));
        }
        Files.writeString(root.resolve("core/src/main/java/A.java"), "");
        Files.writeString(root.resolve("core/src/test/java/ATest.java"), "");
        executable(bin.resolve("mvn"), MVN.replace("ROOT", root.toString()));
        Path jdk = temp.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
        executable(jdk.resolve("bin/java"), JAVA);
        executable(jdk.resolve("bin/javac"), "");
    }

    @Test
    void buildsOnFirstUseAndThenOnlyWhenASourceIsNewer() throws Exception {
        Run first = run(root.resolve("oaktree"), "server", "list");
        assertThat(first.err()).isEqualTo("Building oaktree ...\n");
        assertThat(first.code()).isEqualTo(7);
        assertThat(first.out())
                .isEqualTo("<--one><--two=x><-XX:TieredStopAtLevel=1><-XX:+UseSerialGC><-Xshare:auto><-Duser.home="
                        + temp + "><-jar><" + root + "/app/target/oaktree-app.jar><server><list> LC_CTYPE=C.UTF-8\n");

        assertThat(run(root.resolve("oaktree"), "server", "list").err()).isEmpty();
        change("core/src/test/java/ATest.java");
        assertThat(run(root.resolve("oaktree"), "server", "list").err()).isEmpty();
        assertThat(builds()).hasSize(1);

        change("core/src/main/java/A.java");
        assertThat(run(root.resolve("oaktree"), "server", "list").err()).isEqualTo("Building oaktree ...\n");
        assertThat(builds())
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("-q -B -f " + root + "/pom.xml -pl app -am -Dmaven.test.skip=true package");
    }

    @Test
    void runsThroughLinksFromAnyFolderWithArgumentsAsTheyAre() throws Exception {
        Path elsewhere = Files.createDirectories(temp.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("one"), Path.of("../bin/two"));
        Files.createSymbolicLink(bin.resolve("two"), root.resolve("oaktree"));

        Run run = run(elsewhere.resolve("one"), "serve", "--listen", "unix:/a b", "*", "");

        assertThat(run.out()).contains("/oaktree's/app/target/oaktree-app.jar><serve><--listen><unix:/a b><*><> ");
        assertThat(run.out()).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void twoFirstUsesBuildOnce() throws Exception {
        Files.writeString(root.resolve("slow"), "");
        Process one = start(temp, root.resolve("oaktree"), "a");
        Process two = start(temp, root.resolve("oaktree"), "b");

        // Whoever comes second says that it waits; only then the first one's build may end.
        List<Process> both = List.of(one, two);
        String said = "";
        while (!said.contains("Waiting for another build of oaktree ...")) {
            StringBuilder now = new StringBuilder();
            for (Process process : both) {
                now.append(Files.readString(err(process)));
            }
            said = now.toString();
            Thread.onSpinWait();
        }
        Files.writeString(root.resolve("go"), "");

        assertThat(one.waitFor()).isEqualTo(7);
        assertThat(two.waitFor()).isEqualTo(7);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void failedBuildShowsTheEndOfItsLog() throws Exception {
        Files.writeString(root.resolve("broken"), "");

        Run run = run(root.resolve("oaktree"), "server", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("[ERROR] cannot find symbol")
                .endsWith("oaktree could not be built; the whole log: " + root + "/app/target/build.log\n");
    }

    @Test
    void saysWhichJavaIsMissingAndHowToGetIt() throws Exception {
        Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");

        Run run = run(root.resolve("oaktree"), "server", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("oaktree needs a JDK 25 (or newer), and there is none")
                .contains("apt install", "brew install", "JAVA_HOME");
        assertThat(root.resolve("mvn.log")).doesNotExist();
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Files.delete(bin.resolve("mvn"));
        // No folder with a Maven of this machine on the PATH, only what the script needs.
        for (String tool : List.of("sed", "dirname", "readlink", "find", "head", "flock", "mktemp", "mkdir", "stty")) {
            Path real = Path.of("/usr/bin", tool);
            if (Files.exists(real)) {
                executable(bin.resolve(tool), "#!/bin/bash\nexec " + real + " \"$@\"\n");
            }
        }

        Run run = run(Map.of("PATH", bin.toString()), root.resolve("oaktree"), "server", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("oaktree has to be built first, and for that Maven (3.8.7 or newer) is missing.");
    }

    private Run run(Path script, String... arguments) throws Exception {
        return run(Map.of(), script, arguments);
    }

    private Run run(Map<String, String> variables, Path script, String... arguments) throws Exception {
        Process process = start(variables, temp, script, arguments);
        int code = process.waitFor();
        return new Run(code, Files.readString(out(process)), Files.readString(err(process)));
    }

    private Process start(Path folder, Path script, String... arguments) throws IOException {
        return start(Map.of(), folder, script, arguments);
    }

    private Process start(Map<String, String> variables, Path folder, Path script, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempDirectory(temp, "run");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.resolve("out").toFile())
                .redirectError(output.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        builder.environment().put("HOME", temp.toString());
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        outputs.put(process, output);
        return process;
    }

    private Path out(Process process) {
        return Objects.requireNonNull(outputs.get(process)).resolve("out");
    }

    private Path err(Process process) {
        return Objects.requireNonNull(outputs.get(process)).resolve("err");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("mvn.log"), StandardCharsets.UTF_8);
    }

    private void change(String file) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
