package org.openstack.oaktree.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.FakeServer;

/** Keystone as far as sessions need it, with services beside it on the same port that accept its tokens. */
final class FakeKeystone implements AutoCloseable {
    final AtomicInteger logins = new AtomicInteger();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    volatile Duration tokenLife = Duration.ofHours(1);
    volatile String password = "s3cret-password";
    volatile FakeServer.Script services = (request, wire) -> wire.answer(200, "{\"ok\": true}");
    volatile String catalog = "[]";
    /** What is configured of regions. */
    volatile String regions = "region_name: north";
    /** Further clouds, a line each; their credentials are {@code *auth}. */
    volatile List<String> moreClouds = List.of();

    /** Refusals of credentials repeat the whole request. */
    volatile boolean echoesBodies;

    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final FakeServer server;

    FakeKeystone() throws IOException {
        server = FakeServer.start(this::answer);
    }

    FakeServer server() {
        return server;
    }

    String url() {
        return server.url().toString();
    }

    /** No token that was given out is accepted any more. */
    void revokeAll() {
        good.clear();
    }

    /** A catalog in which each service, by its type, is at this path of the same server. */
    void catalog(Map<String, String> pathByType) {
        StringBuilder entries = new StringBuilder();
        pathByType.forEach((type, path) -> entries.append(entries.isEmpty() ? "" : ",")
                .append("""
                        {"type": "%1$s", "name": "%1$s", "endpoints": [
                          {"interface": "public", "region_id": "north", "url": "%2$s"}]}""".formatted(type, path.startsWith("http") ? path : url() + path)));
        catalog = "[" + entries + "]";
    }

    private void answer(FakeServer.Received request, FakeServer.Wire wire) throws IOException, InterruptedException {
        if (request.path().equals("/v3/auth/tokens") && request.method().equals("POST")) {
            logins.incrementAndGet();
            bodies.add(request.body());
            if (echoesBodies) {
                wire.answer(
                        401,
                        new String(
                                JsonTree.write(Map.of("error", Map.of("message", "No: " + request.body()))),
                                StandardCharsets.UTF_8));
                return;
            }
            if (!request.body().contains("\"" + password + "\"")
                    || request.body().contains("foreign")) {
                wire.answer(
                        401,
                        "{\"error\": {\"code\": 401, \"message\": \"The request you have made requires authentication.\"}}");
                return;
            }
            String token = "tok-" + logins.get();
            good.add(token);
            Instant now = Instant.now();
            String project = request.body().contains("\"other\"") ? "other" : "mine";
            wire.answer(
                    201,
                    """
                    {"token": {"issued_at": "%s", "expires_at": "%s", "roles": [{"name": "member"}, {"name": "admin"}],
                     "user": {"id": "u1", "name": "me", "domain": {"id": "default", "name": "Default"}},
                     "project": {"id": "%s-id", "name": "%s", "domain": {"id": "default", "name": "Default"}},
                     "catalog": %s}}""".formatted(now, now.plus(tokenLife), project, project, catalog),
                    "X-Subject-Token: " + token);
            return;
        }
        if (request.headers().containsKey("x-auth-token") && !good.contains(request.header("x-auth-token"))) {
            wire.answer(401, "{\"error\": {\"code\": 401, \"message\": \"Unauthorized\"}}");
            return;
        }
        services.answer(request, wire);
    }

    /** A clouds.yaml with the cloud {@code c}, and these further lines in it. */
    CloudsConfiguration configuration(Path folder, String... lines) throws IOException {
        return configurationAt(folder, url() + "/v3", lines);
    }

    CloudsConfiguration configurationAt(Path folder, String authUrl, String... lines) throws IOException {
        Path file = folder.resolve("clouds.yaml");
        Files.writeString(
                file,
                """
                clouds:
                  c:
                    %s
                    auth: &auth {auth_url: %s, username: me, password: s3cret-password, project_name: mine,
                           user_domain_name: Default, project_domain_name: Default}
                """.formatted(regions, authUrl)
                        + (lines.length == 0 ? "" : "    " + String.join("\n    ", lines) + "\n")
                        + moreClouds.stream().map(cloud -> "  " + cloud + "\n").collect(Collectors.joining()));
        return CloudsConfiguration.load(
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(file));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
