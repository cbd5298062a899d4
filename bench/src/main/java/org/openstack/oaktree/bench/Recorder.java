package org.openstack.oaktree.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Stands before a service of a cloud and tells of every GET that it passes on, so that another client can send exactly the same. */
final class Recorder implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final URI service;
    private final Consumer<Request> requests;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * A request as it was sent.
     *
     * @param headers with the token among them
     */
    record Request(URI url, Map<String, String> headers) {
        String pathAndQuery() {
            return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        }

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** A recorder before the service at this URL. */
    Recorder(URI service, Consumer<Request> requests) throws IOException {
        this.service = service;
        this.requests = requests;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    /** Where the service is found behind this. */
    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + service.getRawPath());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI url = service.resolve(exchange.getRequestURI().toString());
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    headers.put(name, String.join(", ", values));
                }
            });
            if (exchange.getRequestMethod().equals("GET")) {
                requests.accept(new Request(url, headers));
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .version(HttpClient.Version.HTTP_1_1)
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            headers.forEach(request::header);
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, List.copyOf(values));
                }
            });
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
