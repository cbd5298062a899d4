package org.openstack.oaktree.server.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The file through which the token reaches the user's clients: mode 0600, written at once, in a folder of mode 0700.
 *
 * <p>A token that stands there already, in a file that only this user could read, stays in use: clients survive a restart, and several
 * servers of one user share it. Deleting the file before the start makes a new one.
 */
public final class TokenFile {
    private final Path path;
    private final Token token;

    private TokenFile(Path path, Token token) {
        this.path = path;
        this.token = token;
    }

    /** {@code $XDG_STATE_HOME/oaktree/token}; without that variable, or where it is not absolute, below {@code ~/.local/state}. */
    public static Path defaultPath(Map<String, String> environment, Path home) {
        Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        return (state.isAbsolute() ? state : home.resolve(".local/state")).resolve("oaktree/token");
    }

    /**
     * Takes the token of the file, or writes a new one.
     *
     * @throws IOException when neither can be done
     */
    public static TokenFile open(Path file) throws IOException {
        Path path = file.toAbsolutePath();
        PrivateFiles.createFolders(PrivateFiles.parent(path));
        Token token = read(path).orElse(null);
        if (token == null) {
            token = Token.random();
            byte[] line = Arrays.copyOf(token.bytes(), token.bytes().length + 1);
            line[line.length - 1] = '\n';
            PrivateFiles.write(path, line);
        }
        return new TokenFile(path, token);
    }

    private static Optional<Token> read(Path path) throws IOException {
        if (!Files.exists(path) || !PrivateFiles.isPrivate(path)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).strip();
        return Token.hasForm(text) ? Optional.of(Token.of(text)) : Optional.empty();
    }

    /** Where it is; absolute. */
    public Path path() {
        return path;
    }

    /** What callers must know. */
    public Token token() {
        return token;
    }
}
