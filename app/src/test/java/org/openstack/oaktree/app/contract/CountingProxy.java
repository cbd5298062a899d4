package org.openstack.oaktree.app.contract;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before one service of a cloud, counts every request, and hands it on as it is. Told to, it makes the service show no more than
 * so many items on a page, as {@code osapi_max_limit} does.
 */
final class CountingProxy implements AutoCloseable {
    /** What belongs to one connection, or is set by who sends. */
    private static final Set<String> NOT_HANDED_ON =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final String pagedPath;
    private final int pageLimit;
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Hands everything on as it is. */
    CountingProxy(URI service) throws IOException {
        this(service, "", 0);
    }

    /** Has lists at paths with that end come in pages of that many. */
    CountingProxy(URI service, String pagedPath, int pageLimit) throws IOException {
        this.service = service;
        this.pagedPath = pagedPath;
        this.pageLimit = pageLimit;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it is to be asked instead of the service. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + service.getRawPath());
    }

    /** The requests since this was asked the last time, by method and path. */
    synchronized Map<String, Integer> counts() {
        Map<String, Integer> since = new TreeMap<>(counts);
        counts.clear();
        return since;
    }

    private synchronized void count(String request) {
        counts.merge(request, 1, Integer::sum);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            count(exchange.getRequestMethod() + " " + asked.getRawPath());
            HttpResponse<byte[]> answer =
                    client.send(request(exchange, URI.create(origin() + paged(asked))), BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (isHandedOn(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest request(HttpExchange exchange, URI target) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            if (isHandedOn(header.getKey())) {
                header.getValue().forEach(value -> request.header(header.getKey(), value));
            }
        }
        return request.build();
    }

    private static boolean isHandedOn(String header) {
        return !NOT_HANDED_ON.contains(header.toLowerCase(Locale.ROOT));
    }

    private String origin() {
        return service.getScheme() + "://" + service.getRawAuthority();
    }

    private String paged(URI asked) {
        if (pageLimit == 0 || !asked.getRawPath().endsWith(pagedPath)) {
            return asked.toString();
        }
        String limit = "limit=" + pageLimit;
        String query = asked.getRawQuery();
        if (query == null || query.isEmpty()) {
            return asked.getRawPath() + "?" + limit;
        }
        // The service's own links to further pages have it already.
        return query.contains(limit) ? asked.toString() : asked.getRawPath() + "?" + query + "&" + limit;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
        threads.close();
    }
}
