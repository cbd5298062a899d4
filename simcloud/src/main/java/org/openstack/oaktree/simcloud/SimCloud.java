package org.openstack.oaktree.simcloud;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.glance.BlobStore;
import org.openstack.oaktree.simcloud.http.CallLog;
import org.openstack.oaktree.simcloud.http.ControlApi;
import org.openstack.oaktree.simcloud.http.Gateway;
import org.openstack.oaktree.simcloud.http.RecordedCall;
import org.openstack.oaktree.simcloud.keystone.Directory;
import org.openstack.oaktree.simcloud.keystone.Tokens;
import org.openstack.oaktree.simcloud.world.World;

/** A whole OpenStack cloud inside this process, on a port of 127.0.0.1. Safe for use by many threads. */
public final class SimCloud implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 512 << 10;

    private static final int HEADER_BYTES = 65_536;

    private final Server server;
    private final URI baseUri;
    private final String region;
    private final World world;
    private final Directory directory;
    private final Tokens tokens;
    private final Faults faults;
    private final CallLog log = new CallLog();
    private final BlobStore store = new BlobStore();

    private SimCloud(SimOptions options) {
        world = new World(options.clock());
        directory = new Directory();
        tokens = new Tokens(world, options.tokenLifetime());
        faults = new Faults(options.seed());
        region = options.region();
        Services parts = new Services(options, world, directory, tokens, store);
        server = server(options.port());
        server.setHandler(new Gateway(
                parts.byPath(),
                new ControlApi(options.controlToken(), faults, log),
                faults,
                log,
                this::revoke,
                options.clock()));
        baseUri = start(server);
    }

    /**
     * Starts a cloud; it answers when this returns.
     *
     * @throws IllegalStateException when the port is taken
     */
    public static SimCloud start(SimOptions options) {
        return new SimCloud(options);
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI baseUri() {
        return baseUri;
    }

    /** Where keystone is: {@code http://127.0.0.1:PORT/identity/v3}. */
    public URI identityUrl() {
        return baseUri.resolve("/identity/v3");
    }

    /**
     * A clouds.yaml with the clouds simcloud (user demo in project demo), simcloud-demo2 (another user in project demo), simcloud-alt
     * (user and project alt), simcloud-admin (project admin) and simcloud-admin-demo (the admin in project demo).
     */
    public String cloudsYaml() {
        return new CloudsYaml(identityUrl().toString(), region)
                .add("simcloud", "demo", "demo", "demo")
                .add("simcloud-demo2", "demo2", "demo2", "demo")
                .add("simcloud-alt", "alt", "alt", "alt")
                .add("simcloud-admin", "admin", "admin", "admin")
                .add("simcloud-admin-demo", "admin", "admin", "demo")
                .toString();
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** The calls that came, oldest first. */
    public List<RecordedCall> calls() {
        return log.calls();
    }

    /** Forgets the calls that came. */
    public void forgetCalls() {
        log.clear();
    }

    /** Makes all tokens worthless, as a restarted keystone without its keys would. */
    public void revokeTokens() {
        world.locked(() -> {
            tokens.revokeAll();
            return true;
        });
    }

    /** ID of the project of this name. */
    public String projectId(String name) {
        return world.locked(() -> directory.project(name).id());
    }

    /** ID of the user of this name. */
    public String userId(String name) {
        return world.locked(() -> directory.user(name).id());
    }

    /** Ends the cloud and all that it knew; calls that hang are reset. */
    @Override
    public void close() {
        faults.clear();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the simulated cloud did not stop", e);
        } finally {
            store.close();
        }
    }

    private void revoke(String token) {
        world.locked(() -> {
            tokens.revoke(token);
            return true;
        });
    }

    private static Server server(int port) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("simcloud");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(0);
        // The system would let it grow to tens of MiB: what a stalled service takes must not depend on what it took
        // before.
        connector.setAcceptedReceiveBufferSize(RECEIVE_BUFFER);
        server.addConnector(connector);
        server.setStopTimeout(0);
        return server;
    }

    private static URI start(Server server) {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the simulated cloud did not start: " + e.getMessage(), e);
        }
        return URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }
}
