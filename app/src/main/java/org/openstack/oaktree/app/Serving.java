package org.openstack.oaktree.app;

import ch.qos.logback.classic.LoggerContext;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.Oaktree;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.server.OaktreeServer;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.legacy.LegacyService;
import org.openstack.oaktree.server.metrics.UpstreamMetrics;
import org.slf4j.LoggerFactory;

/** Clouds that are being served: what answers, and the server before it. */
final class Serving implements AutoCloseable {
    private final Oaktree oaktree;
    private final OaktreeServer server;

    private Serving(Oaktree oaktree, OaktreeServer server) {
        this.oaktree = oaktree;
        this.server = server;
    }

    /**
     * Starts to serve; when this returns it answers.
     *
     * @throws IOException when it cannot listen, or cannot write the token file; the message says which option helps
     */
    static Serving start(CloudsConfiguration configuration, ServerOptions options) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        Oaktree oaktree = Oaktree.open(configuration, new UpstreamMetrics(registry));
        try {
            List<RpcService> services = new ArrayList<>(oaktree.services());
            services.add(LegacyService.over(oaktree.services()));
            return new Serving(oaktree, OaktreeServer.start(options, services, registry));
        } catch (IOException | RuntimeException e) {
            oaktree.close();
            throw e;
        }
    }

    /** What the user is told when it answers. */
    String readyLine() {
        return server.readyLine();
    }

    /** Where gRPC is served. */
    OaktreeServer server() {
        return server;
    }

    /**
     * From now on the process ends as it should when it is told to, by SIGTERM or Ctrl-C: the calls in flight are answered, and its status
     * is 0.
     */
    void endOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endProcess, "oaktree-end"));
    }

    /** Waits until the server has ended. */
    void awaitEnd() {
        server.awaitEnd();
    }

    private void endProcess() {
        server.drain();
        oaktree.close();
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        // The JVM would say 143; for a service that was told to end, and has, that is no failure.
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void close() {
        server.close();
        oaktree.close();
    }
}
