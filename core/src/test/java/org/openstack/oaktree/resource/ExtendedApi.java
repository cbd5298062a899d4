package org.openstack.oaktree.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The API and a resource that only tests have, for which there is no Java, not even generated: the guards hold for it as well. */
public final class ExtendedApi {
    /** Made by the build from {@code src/test/proto}. */
    private static final Path EXAMPLE = Path.of("target/example.binpb");

    private ExtendedApi() {}

    /** Its descriptors and the program's. */
    public static Api load() {
        try (InputStream descriptors = Files.newInputStream(EXAMPLE)) {
            return Api.load().with(descriptors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
