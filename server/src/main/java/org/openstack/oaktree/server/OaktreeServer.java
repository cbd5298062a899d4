package org.openstack.oaktree.server;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.access.TokenCheck;
import org.openstack.oaktree.server.access.TokenFile;
import org.openstack.oaktree.server.grpc.EntranceCheck;
import org.openstack.oaktree.server.grpc.GrpcOptions;
import org.openstack.oaktree.server.grpc.GrpcSide;
import org.openstack.oaktree.server.http.HttpSide;
import org.openstack.oaktree.server.logging.CallLog;
import org.openstack.oaktree.server.metrics.CallMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: gRPC with access control, and the HTTP side. It does not close what it serves. */
public final class OaktreeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OaktreeServer.class);

    private final ServerOptions options;
    private final Optional<TokenFile> token;
    private final GrpcSide grpc;
    private final HttpSide http;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private OaktreeServer(ServerOptions options, List<RpcService> services, PrometheusRegistry registry)
            throws IOException {
        this.options = options;
        token = options.tokenFile().isPresent()
                ? Optional.of(tokenFile(options.tokenFile().get()))
                : Optional.empty();
        List<EntranceCheck> checks = token.map(TokenCheck::new).stream()
                .map(check -> (EntranceCheck) check::refusal)
                .toList();
        try {
            grpc = GrpcSide.start(
                    new GrpcOptions(options.listen(), checks, options.limits(), options.deadlines()),
                    services,
                    new ReportedCalls(new CallMetrics(registry), new CallLog()));
        } catch (IOException e) {
            throw StartFailure.of("gRPC cannot be served at " + options.listen(), e, "--listen");
        }
        try {
            http = HttpSide.start(options.httpListen(), registry, () -> !draining.get());
        } catch (IOException e) {
            grpc.close();
            throw StartFailure.of("HTTP cannot be served at " + options.httpListen(), e, "--http-listen");
        }
        gauges(registry);
    }

    private static TokenFile tokenFile(Path path) throws IOException {
        try {
            return TokenFile.open(path);
        } catch (IOException e) {
            throw StartFailure.of("the token file " + path + " cannot be written", e, "--token-file");
        }
    }

    /**
     * Starts a server; when this returns it answers.
     *
     * @param registry where its metrics go; the server adds its own and the JVM's
     * @throws IOException when it cannot listen, or cannot write the token file; the message names the option that helps
     */
    public static OaktreeServer start(ServerOptions options, List<RpcService> services, PrometheusRegistry registry)
            throws IOException {
        return new OaktreeServer(options, services, registry);
    }

    private void gauges(PrometheusRegistry registry) {
        JvmMetrics.builder().register(registry);
        GaugeWithCallback.builder()
                .name("oaktree_calls_in_flight")
                .help("Calls that are being answered")
                .callback(value -> value.call(grpc.callsInFlight()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("oaktree_connections")
                .help("gRPC connections that are open")
                .callback(value -> value.call(grpc.connections()))
                .register(registry);
    }

    /** Where gRPC is served. */
    public ListenAddress address() {
        return grpc.address();
    }

    /** Where the HTTP side is served. */
    public ListenAddress.Loopback httpAddress() {
        return http.address();
    }

    /** What {@code oaktree serve} prints once it answers. */
    public String readyLine() {
        return "oaktree ready grpc=" + address() + " http=" + httpAddress() + " token-file="
                + token.map(file -> file.path().toString()).orElse("-");
    }

    /**
     * Ends gracefully: new calls are refused, calls in flight are answered as long as the drain time lasts, then everything is closed.
     * Returns when all is over.
     */
    public void drain() {
        if (!draining.compareAndSet(false, true)) {
            awaitEnd();
            return;
        }
        LOG.info("shutting down: {} calls in flight", grpc.callsInFlight());
        grpc.beginDrain();
        try {
            grpc.finishDrain(options.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        LOG.info("ended");
    }

    /** Waits until the server has ended. */
    public void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends at once: calls in flight are cut. */
    @Override
    public void close() {
        draining.set(true);
        try (grpc;
                http) {
            LOG.debug("closing");
        } catch (IOException e) {
            LOG.warn("did not end cleanly", e);
        } finally {
            ended.countDown();
        }
    }
}
