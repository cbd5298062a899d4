package org.openstack.oaktree.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    private Path folder;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isOnlyForItsOwner() throws Exception {
        Path parent = folder.resolve("state/oaktree");
        Path path = parent.resolve("token");
        TokenFile file = TokenFile.open(path);

        assertThat(file.path()).isEqualTo(path);
        assertThat(permissions(path)).isEqualTo("rw-------");
        assertThat(permissions(parent)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("state"))).isEqualTo("rwx------");
        assertThat(Files.readString(path)).matches("[A-Za-z0-9_-]{43}\n");
        assertThat(file.token().matches(Files.readString(path).strip())).isTrue();
        try (var files = Files.list(parent)) {
            assertThat(files).as("nothing is left beside it").containsExactly(path);
        }
    }

    @Test
    void staysTheSameAcrossRestarts() throws Exception {
        Path path = folder.resolve("token");
        TokenFile.open(path);
        String first = Files.readString(path);
        TokenFile.open(path);
        assertThat(Files.readString(path)).isEqualTo(first);
        Files.delete(path);
        TokenFile.open(path);
        assertThat(Files.readString(path)).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewWhenOthersCouldHaveReadIt() throws Exception {
        Path path = folder.resolve("token");
        TokenFile.open(path);
        String first = Files.readString(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        TokenFile file = TokenFile.open(path);
        assertThat(Files.readString(path)).isNotEqualTo(first);
        assertThat(permissions(path)).isEqualTo("rw-------");
        assertThat(file.token().matches(first.strip())).isFalse();
    }

    @Test
    void isMadeAnewWhenItIsALinkOrHasNoToken() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        TokenFile.open(elsewhere);
        String other = Files.readString(elsewhere);
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        TokenFile.open(link);
        assertThat(link).isRegularFile();
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(Files.readString(elsewhere)).isEqualTo(other);

        Path empty = Files.createFile(
                folder.resolve("empty"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        TokenFile.open(empty);
        assertThat(Files.readString(empty)).hasSize(44);
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> TokenFile.open(file.resolve("token"))).isInstanceOf(IOException.class);
    }

    @Test
    void hasAPlaceOfItsOwnUnlessToldOtherwise() {
        Path home = Path.of("/home/u");
        assertThat(TokenFile.defaultPath(Map.of(), home)).hasToString("/home/u/.local/state/oaktree/token");
        assertThat(TokenFile.defaultPath(Map.of("XDG_STATE_HOME", "/s"), home)).hasToString("/s/oaktree/token");
        assertThat(TokenFile.defaultPath(Map.of("XDG_STATE_HOME", "relative"), home))
                .as("the XDG rules: what is not absolute counts as absent")
                .hasToString("/home/u/.local/state/oaktree/token");
    }

    @Test
    void doesNotShowInText() throws Exception {
        TokenFile file = TokenFile.open(folder.resolve("token"));
        String secret = Files.readString(file.path()).strip();
        assertThat(file.token().toString()).doesNotContain(secret);
    }
}
