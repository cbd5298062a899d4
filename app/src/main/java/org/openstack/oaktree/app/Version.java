package org.openstack.oaktree.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code oaktree --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            if (file == null) {
                throw new IllegalStateException("version.properties is missing from the program");
            }
            build.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {"oaktree " + build.getProperty("version"), "Java " + Runtime.version()};
    }
}
