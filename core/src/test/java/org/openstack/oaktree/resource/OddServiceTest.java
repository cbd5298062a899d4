package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.Oaktree;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.network.v1.ListNetworksRequest;
import org.openstack.oaktree.network.v1.ListNetworksResponse;
import org.openstack.oaktree.network.v1.Network;

/** Lists of a network service that answers in its own way. */
class OddServiceTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> microversions = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Started before each test.
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // Set by each test before anything is asked.
    private volatile Function<String, String> pages;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(query == null ? "" : query);
            microversions.addAll(exchange.getRequestHeaders().getOrDefault("OpenStack-API-Version", List.of()));
            byte[] body = pages.apply(query == null ? "" : query).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String page(String ids, String next) {
        StringBuilder networks = new StringBuilder();
        for (String id : ids.split("", -1)) {
            if (!id.isEmpty()) {
                networks.append(networks.isEmpty() ? "" : ",").append("{\"id\": \"" + id + "\"}");
            }
        }
        return "{\"networks\": [" + networks + "], \"networks_links\": [{\"rel\": \"next\", \"href\": \"http://x/?"
                + next + "\"}]}";
    }

    private List<String> listed(String... settings) throws IOException {
        Path file = Files.writeString(
                folder.resolve("clouds.yaml"),
                """
                clouds:
                  c:
                    auth_type: none
                    network_endpoint_override: http://127.0.0.1:%d/v2.0
                """.formatted(server.getAddress().getPort()) + String.join("", settings));
        CloudsConfiguration configuration = CloudsConfiguration.load(
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(file));
        try (Oaktree oaktree =
                Oaktree.open(configuration, (cloud, region, service, method, operation, status, took) -> {})) {
            RpcMethod list = oaktree.services().stream()
                    .flatMap(service -> service.methods().stream())
                    .filter(method -> method.descriptor().getName().equals("ListNetworks"))
                    .findFirst()
                    .orElseThrow();
            List<Message> answers = new ArrayList<>();
            Call.begin("test", Duration.ofSeconds(30)).run(() -> {
                list.invoke(ListNetworksRequest.getDefaultInstance(), answer -> answers.add(answer.message()));
                return null;
            });
            return ((ListNetworksResponse) answers.getFirst())
                    .getNetworksList().stream().map(Network::getId).toList();
        }
    }

    @Test
    void linksInACircleEndWhereTheyBegan() throws IOException {
        pages = query -> switch (query) {
            case "p=2" -> page("cd", "p=3");
            case "p=3" -> page("e", "p=2");
            default -> page("ab", "p=2");
        };
        assertThat(listed()).containsExactly("a", "b", "c", "d", "e");
        assertThat(asked).containsExactly("", "p=2", "p=3");
    }

    @Test
    void settingsForVersionsAndRetriesChangeNothing() throws IOException {
        pages = query -> asked.size() < 3 ? "" : "{\"networks\": [{\"id\": \"a\"}]}";
        assertThat(listed("""
                            network_api_version: 7
                            network_default_microversion: 2.5
                            network_status_code_retries: 0
                            network_connect_retries: 0
                            status_code_retries: 0
                            retriable_status_codes: [418]
                        """)).containsExactly("a");
        assertThat(asked).as("twice 503, then the list").hasSize(3);
        assertThat(microversions).isEmpty();
    }

    @Test
    void anEmptyPageIsNotTheEnd() throws IOException {
        pages = query -> switch (query) {
            case "p=2" -> page("", "p=3");
            case "p=3" -> "{\"networks\": [{\"id\": \"c\"}]}";
            default -> page("ab", "p=2");
        };
        assertThat(listed()).containsExactly("a", "b", "c");
    }
}
