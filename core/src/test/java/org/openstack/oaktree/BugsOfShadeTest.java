package org.openstack.oaktree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What shade did wrong, {@code bugs-of-shade.tsv}, and where it is held that oaktree does not: each bug has a test, whose comment names it
 * by its section.
 */
class BugsOfShadeTest {
    /** A comment and the method behind it; the annotations in between may have texts with anything in them. */
    private static final Pattern COMMENTED =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/(?:(?!\\*/).)*?\\n    void (\\w+)\\(", Pattern.DOTALL);

    private static final Pattern NAMED = Pattern.compile("\\[BUG\\] (§[0-9.]+[0-9]|§[0-9]+)");

    private record Bug(String section, String what, String test) {
        static Bug of(String line) {
            String[] cells = line.split("\t", -1);
            assertThat(cells).as(line).hasSize(3);
            return new Bug(cells[0], cells[1], cells[2]);
        }

        Path source() {
            int slash = test.indexOf('/');
            return Path.of(
                    "..",
                    test.substring(0, slash),
                    "src/test/java",
                    test.substring(slash + 1, test.indexOf('#')) + ".java");
        }

        String method() {
            return test.substring(test.indexOf('#') + 1);
        }
    }

    private static List<Bug> bugs() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/bugs-of-shade.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Bug::of)
                .toList();
    }

    @Test
    void eachHasATestThatNamesIt() throws IOException {
        Map<String, Integer> named = new HashMap<>();
        for (Bug bug : bugs()) {
            String comment = comments(bug.source()).get(bug.method());
            assertThat(comment)
                    .as("%s: a comment on %s", bug.what(), bug.test())
                    .isNotNull();
            assertThat(sections(Objects.requireNonNull(comment))).as(bug.test()).contains(bug.section());
            named.merge(bug.section(), 1, Integer::sum);
        }
        assertThat(named).as("what tests name").isEqualTo(inAllTests());
        System.out.println("guard: " + bugs().size() + " bugs of shade, each with a test that names it");
    }

    /** How often each section is named in all tests. */
    private static Map<String, Integer> inAllTests() throws IOException {
        Map<String, Integer> named = new HashMap<>();
        for (String module : List.of("core", "app")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    sections(Files.readString(file)).forEach(section -> named.merge(section, 1, Integer::sum));
                }
            }
        }
        return named;
    }

    private static Map<String, String> comments(Path source) throws IOException {
        Map<String, String> comments = new HashMap<>();
        Matcher methods = COMMENTED.matcher(Files.readString(source));
        while (methods.find()) {
            comments.put(methods.group(2), methods.group(1));
        }
        return comments;
    }

    private static List<String> sections(String text) {
        return NAMED.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
