package org.openstack.oaktree.app.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.rest.CallObserver;
import org.openstack.oaktree.session.Session;
import org.openstack.oaktree.session.Sessions;
import org.openstack.oaktree.v1.Location;

/** The clouds of a clouds.yaml without oaktree's engine and caches in between. */
final class RawCloud implements AutoCloseable {
    private final Sessions sessions;

    RawCloud(Path cloudsYaml) {
        Path folder = Objects.requireNonNull(cloudsYaml.toAbsolutePath().getParent());
        ConfigEnvironment environment =
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(cloudsYaml);
        sessions = new Sessions(CloudsConfiguration.load(environment), CallObserver.NONE);
    }

    /** The user of that cloud of the file. */
    RawUser user(String cloud) {
        return new RawUser(sessions.session(cloud, ""));
    }

    /** The user of that cloud of the file, in another project. */
    RawUser user(String cloud, Location.Project project) {
        Session own = sessions.session(cloud, "");
        return new RawUser(own.rescoped(project));
    }

    @Override
    public void close() {
        sessions.close();
    }
}
