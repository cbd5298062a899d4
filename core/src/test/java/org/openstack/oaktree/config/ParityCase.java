package org.openstack.oaktree.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One folder below config/cases: files and variables, what openstacksdk made of them, and where oaktree means to differ. */
final class ParityCase {

    private final Path folder;
    private final Map<String, @Nullable Object> about;

    private ParityCase(Path folder) {
        this.folder = folder;
        this.about = map(read(folder.resolve("case.yaml")));
    }

    static List<ParityCase> all() {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/config/cases"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> new ParityCase(folder.toAbsolutePath()))
                    .sorted(Comparator.comparing(ParityCase::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigEnvironment environment() {
        Map<String, String> variables = new HashMap<>();
        map(about.get("env")).forEach((name, value) -> variables.put(name, here(String.valueOf(value))));
        List<Path> site = ConfigEnvironment.siteDirectories(variables, folder.resolve("etc"));
        return new ConfigEnvironment(variables, folder, folder.resolve("home"), site);
    }

    /** Pairs of cloud and region, null for none. */
    List<List<@Nullable String>> asks() {
        List<List<@Nullable String>> asks = new ArrayList<>();
        for (Object ask : list(about.get("ask"))) {
            List<@Nullable String> pair = new ArrayList<>();
            pair.add((String) map(ask).get("cloud"));
            pair.add((String) map(ask).get("region"));
            asks.add(pair);
        }
        return asks;
    }

    List<Deviation> deviations() {
        return list(about.get("differs")).stream()
                .map(entry -> map(entry))
                .map(entry -> new Deviation(
                        String.valueOf(entry.get("deviation")), String.valueOf(entry.get("at")), entry.get("oaktree")))
                .toList();
    }

    /** Words that errors must have, by where the error is. */
    Map<String, @Nullable Object> says() {
        return map(about.get("says"));
    }

    Map<String, @Nullable Object> expected() {
        return map(read(folder.resolve("expected.json")));
    }

    /** The text with the case's folder in place of its name. */
    String here(String text) {
        return text.replace("${CASE}", folder.toString());
    }

    /** The text with the name of the case's folder in its place. */
    String anywhere(String text) {
        return text.replace(folder.toString(), "${CASE}");
    }

    @Override
    public String toString() {
        return String.valueOf(folder.getFileName());
    }

    private static @Nullable Object read(Path file) {
        try {
            String text = Files.readString(file);
            return file.toString().endsWith("json")
                    ? JsonReader.read(text)
                    : YamlReader.read(text).value();
        } catch (IOException | UnreadableFileException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Tree.map(map) : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /**
     * A difference that is meant.
     *
     * @param id in docs/deviations.md
     * @param at where in the answer
     * @param oaktree what oaktree says there; of a mapping at least this
     */
    record Deviation(String id, String at, @Nullable Object oaktree) {}
}
