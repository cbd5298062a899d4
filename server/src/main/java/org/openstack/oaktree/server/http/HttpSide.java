package org.openstack.oaktree.server.http;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.openstack.oaktree.server.access.ListenAddress;

/**
 * Answers {@code /metrics} (Prometheus), {@code /healthz} (the process lives) and {@code /readyz} (it takes calls). Needs no token: nothing
 * there is secret, and nothing can be changed.
 */
public final class HttpSide implements AutoCloseable {
    private static final long IDLE_MILLIS = 30_000;

    private final Server server;
    private final ListenAddress.Loopback address;

    private HttpSide(Server server, ListenAddress.Loopback address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts to serve.
     *
     * @param ready whether the server takes calls now
     * @throws IOException when it cannot listen on the address
     */
    public static HttpSide start(ListenAddress.Loopback listen, PrometheusRegistry registry, BooleanSupplier ready)
            throws IOException {
        Server server = new Server(new VirtualThreadPool());
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(listen.address().getAddress().getHostAddress());
        connector.setPort(listen.address().getPort());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new Pages(registry, ready));
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the HTTP side does not start", e);
        }
        return new HttpSide(
                server,
                new ListenAddress.Loopback(
                        new InetSocketAddress(listen.address().getAddress(), connector.getLocalPort())));
    }

    /** Where it is found. */
    public ListenAddress.Loopback address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the HTTP side does not stop", e);
        }
    }

    private static final class Pages extends Handler.Abstract {
        private final ExpositionFormats formats = ExpositionFormats.init();
        private final PrometheusRegistry registry;
        private final BooleanSupplier ready;

        Pages(PrometheusRegistry registry, BooleanSupplier ready) {
            this.registry = registry;
            this.ready = ready;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
                text(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD\n");
                return true;
            }
            switch (Request.getPathInContext(request)) {
                case "/metrics" -> metrics(request, response, callback);
                case "/healthz" -> text(response, callback, HttpStatus.OK_200, "ok\n");
                case "/readyz" -> {
                    if (ready.getAsBoolean()) {
                        text(response, callback, HttpStatus.OK_200, "ready\n");
                    } else {
                        text(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "shutting down\n");
                    }
                }
                default ->
                    text(response, callback, HttpStatus.NOT_FOUND_404, "there are /metrics, /healthz and /readyz\n");
            }
            return true;
        }

        private void metrics(Request request, Response response, Callback callback) {
            ExpositionFormatWriter writer =
                    formats.findWriter(request.getHeaders().get(HttpHeader.ACCEPT));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                writer.write(bytes, registry.scrape());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            answer(response, callback, HttpStatus.OK_200, writer.getContentType(), bytes.toByteArray());
        }

        private static void text(Response response, Callback callback, int status, String text) {
            answer(response, callback, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        }

        private static void answer(Response response, Callback callback, int status, String type, byte[] body) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
