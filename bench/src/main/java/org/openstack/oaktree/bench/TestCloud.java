package org.openstack.oaktree.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.cloud.CloudDirectory;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.rest.CallObserver;
import org.openstack.oaktree.session.Sessions;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.v1.Location;

/** The real cloud of testcloud/up, with the projects that bench/fill fills. */
final class TestCloud {
    private final Path folder;
    private final Map<String, String> admin;

    /** A project with servers. */
    enum Project {
        WITHOUT_NETWORKS("bench-1000", 1_000, false, 15),
        WITH_ADDRESSES("bench-100", 100, true, 15);

        final String project;
        final int servers;
        final boolean addressed;
        final int rounds;

        Project(String project, int servers, boolean addressed, int rounds) {
            this.project = project;
            this.servers = servers;
            this.addressed = addressed;
            this.rounds = rounds;
        }
    }

    private TestCloud(Path folder, Map<String, String> admin) {
        this.folder = folder;
        this.admin = admin;
    }

    /**
     * The cloud that is up.
     *
     * @param folder for files
     */
    static TestCloud find(Path folder) {
        Path cloudsYaml = state().resolve("clouds.yaml");
        if (!Files.exists(cloudsYaml)) {
            throw new Benchmark.CannotRunException(
                    "no real cloud is up: " + cloudsYaml + " is missing; testcloud/up starts one");
        }
        return new TestCloud(
                folder, CloudsFile.read(cloudsYaml).cloud("admin", "").auth());
    }

    /** Where testcloud keeps its state. */
    private static Path state() {
        Map<String, String> environment = System.getenv();
        String own = environment.getOrDefault("OAKTREE_TESTCLOUD_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String states = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = states.isEmpty()
                ? Path.of(System.getProperty("user.home", "/")).resolve(".local/state")
                : Path.of(states);
        return base.resolve("oaktree/testcloud");
    }

    /** Makes the projects and servers that are not there yet. */
    void fill() throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("oaktree.bench", "bench"), "fill");
        if (new ProcessBuilder(program.toString()).inheritIO().start().waitFor() != 0) {
            throw new Benchmark.CannotRunException("bench/fill could not fill the real cloud");
        }
    }

    /** What its administrator logs in with. */
    Map<String, String> admin() {
        return admin;
    }

    /** An oaktree that serves it as its administrator sees it, and nothing else. */
    ServedOaktree serveAdmin(String name, String... flags) throws IOException {
        return ServedOaktree.start(
                new CloudsFile().add(name, admin, Map.of()).write(folder.resolve("admin.yaml")), folder, flags);
    }

    private Map<String, String> auth(Project project) {
        Map<String, String> auth = new HashMap<>(admin);
        auth.remove("project_id");
        auth.put("project_name", project.project);
        return auth;
    }

    /** An oaktree that serves each project as a cloud of its name, and one more. */
    ServedOaktree serve(String other, SimCloud simulated) throws IOException {
        CloudsFile clouds = new CloudsFile().add(other, simulated);
        for (Project project : Project.values()) {
            clouds.add(project.project, auth(project), Map.of());
        }
        return ServedOaktree.start(clouds.write(folder.resolve("real.yaml")), folder);
    }

    /** What oaktree sends to list the project's servers when it knows the networks: its very requests, in their order. */
    List<Recorder.Request> requests(Project project) throws IOException {
        Path direct =
                new CloudsFile().add(project.project, auth(project), Map.of()).write(folder.resolve("direct.yaml"));
        CloudsConfiguration configuration = CloudsFile.read(direct);
        List<Recorder.Request> requests = Collections.synchronizedList(new ArrayList<>());
        try (Recorder compute = new Recorder(endpoint(configuration, "compute"), requests::add);
                Recorder network = new Recorder(endpoint(configuration, "network"), requests::add);
                ServedOaktree oaktree = ServedOaktree.start(
                        new CloudsFile()
                                .add(
                                        project.project,
                                        auth(project),
                                        Map.of("compute", compute.url(), "network", network.url()))
                                .write(folder.resolve("recorded.yaml")),
                        folder);
                Lister lister = new Lister(oaktree)) {
            lister.list(project.project, project.servers, project.addressed);
            requests.clear();
            lister.list(project.project, project.servers, project.addressed);
            return List.copyOf(requests);
        }
    }

    private static URI endpoint(CloudsConfiguration configuration, String service) {
        try (Sessions sessions = new Sessions(configuration, CallObserver.NONE)) {
            return new CloudDirectory(configuration, sessions)
                    .one(Location.getDefaultInstance())
                    .session()
                    .service(service)
                    .endpoint();
        }
    }
}
