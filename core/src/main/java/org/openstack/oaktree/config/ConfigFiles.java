package org.openstack.oaktree.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds and reads the configuration's files. Of each kind the first that can be opened counts; directories are not merged. */
final class ConfigFiles {

    static final int SIZE_LIMIT = 4 * 1024 * 1024;

    private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

    private final ConfigEnvironment environment;
    private final Consumer<String> warnings;

    ConfigFiles(ConfigEnvironment environment, Consumer<String> warnings) {
        this.environment = environment;
        this.warnings = warnings;
    }

    /**
     * The first file of a kind.
     *
     * @param name the file's name without its suffix
     * @param override the variable that names a file to look at first, or empty text
     */
    Optional<ConfigFile> first(String name, String override) {
        for (Path path : candidates(name, override)) {
            if (Files.exists(path)) {
                byte[] bytes = bytes(path);
                if (bytes != null) {
                    return Optional.of(new ConfigFile(path, settings(path, bytes)));
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> candidates(String name, String override) {
        List<Path> paths = new ArrayList<>();
        String file = override.isEmpty() ? "" : environment.variable(override);
        if (!file.isEmpty()) {
            try {
                Path path = environment.workingDirectory().resolve(file);
                if (!Files.exists(path)) {
                    warnings.accept(override + " names " + path + ", which does not exist");
                }
                paths.add(path);
            } catch (InvalidPathException e) {
                throw Problems.misconfigured(override + " is not a path");
            }
        }
        for (Path directory : environment.directories()) {
            for (String suffix : SUFFIXES) {
                paths.add(directory.resolve(name + suffix));
            }
        }
        return paths;
    }

    /** The file's bytes; null when it cannot be opened: a system's own file is often not for everybody. */
    private byte @Nullable [] bytes(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(SIZE_LIMIT + 1);
            if (bytes.length > SIZE_LIMIT) {
                throw Problems.misconfigured(path + " is longer than 4 MiB");
            }
            return bytes;
        } catch (IOException e) {
            warnings.accept(
                    path + " cannot be read and is skipped (" + e.getClass().getSimpleName() + ")");
            return null;
        }
    }

    private Map<String, @Nullable Object> settings(Path path, byte[] bytes) {
        Object value;
        try {
            String text = text(bytes);
            if (path.toString().endsWith("json")) {
                value = JsonReader.read(text);
            } else {
                YamlReader.Document document = YamlReader.read(text);
                document.misread().stream()
                        .filter(ConfigFiles::isText)
                        .forEach(key -> warnings.accept(path + ": " + key
                                + " is not text for YAML, and becomes other text than stands there; put it in quotes"));
                value = document.value();
            }
        } catch (UnreadableFileException e) {
            throw Problems.misconfigured(path + ": " + e.getMessage());
        }
        if (!PythonText.isTrue(value)) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw Problems.misconfigured(path + ": it must be a mapping with the key 'clouds'");
        }
        return Tree.map(map);
    }

    /** Whether a setting is one where the text as written is most likely meant. */
    private static boolean isText(String key) {
        return key.contains(".auth.") || key.endsWith("password") || key.endsWith("version");
    }

    private static String text(byte[] bytes) throws UnreadableFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException("it is not UTF-8 text");
        }
    }

    record ConfigFile(Path path, Map<String, @Nullable Object> settings) {}
}
