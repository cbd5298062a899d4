package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.json.JsonTree;

/**
 * OpenStack's own REST API as one user of a cloud sees it, without any of oaktree's code for clouds: what tests make things with, and
 * what oaktree is judged by. Paths begin where the catalog's endpoint ends.
 */
final class StockApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> endpoints = new TreeMap<>();
    private final Map<String, String> auth;
    private final String token;
    private final String projectId;
    private final String userId;

    /** The user and project of that cloud of the file. */
    StockApi(Path cloudsYaml, Path folder, String cloud) {
        this(cloudsYaml, folder, cloud, "");
    }

    /** The user of that cloud of the file, in the project of that name; "" = his own. */
    StockApi(Path cloudsYaml, Path folder, String cloud, String project) {
        CloudsConfiguration clouds = CloudsConfiguration.load(
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(cloudsYaml));
        auth = clouds.cloud(cloud, "RegionOne").auth();
        String scope = project.isEmpty() ? Objects.requireNonNull(auth.get("project_name")) : project;
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(auth.get("auth_url") + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(body(login(auth, scope)))
                .build());
        token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
        Map<String, @Nullable Object> login = object(json(answer).get("token"));
        projectId = text(object(login.get("project")), "id");
        userId = text(object(login.get("user")), "id");
        for (Map<String, @Nullable Object> service : objects(login.get("catalog"))) {
            for (Map<String, @Nullable Object> endpoint : objects(service.get("endpoints"))) {
                if (text(endpoint, "interface").equals("public")) {
                    endpoints.put(text(service, "type"), text(endpoint, "url"));
                }
            }
        }
    }

    private static Map<String, Object> login(Map<String, String> auth, String project) {
        Map<String, String> domain = Map.of("name", "Default");
        Map<String, Object> user = Map.of(
                "name", Objects.requireNonNull(auth.get("username")),
                "password", Objects.requireNonNull(auth.get("password")),
                "domain", domain);
        return Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                        "scope", Map.of("project", Map.of("name", project, "domain", domain))));
    }

    /** What the file says of the user: secret. */
    Map<String, String> auth() {
        return auth;
    }

    /** The user's project. */
    String projectId() {
        return projectId;
    }

    /** The user. */
    String userId() {
        return userId;
    }

    /** Where the catalog says that a service is. */
    String endpoint(String service) {
        return Objects.requireNonNull(endpoints.get(service), service);
    }

    /** The objects under that name in the answer to a GET. */
    List<Map<String, @Nullable Object>> list(String service, String path, String name) {
        return objects(json(send(request(service, path).GET().build())).get(name));
    }

    /** The object under that name in the answer to a GET. */
    Map<String, @Nullable Object> get(String service, String path, String name) {
        return object(json(send(request(service, path).GET().build())).get(name));
    }

    /** The same as of that version of the API: a service and its microversion. */
    Map<String, @Nullable Object> get(String service, String path, String name, String version) {
        HttpRequest.Builder request = request(service, path).header("OpenStack-API-Version", version);
        return object(json(send(request.GET().build())).get(name));
    }

    /** The IDs of the objects under that name in the answer to a GET. */
    List<String> ids(String service, String path, String name) {
        return list(service, path, name).stream().map(item -> text(item, "id")).toList();
    }

    /** The object under that name in the answer to a GET; empty when there is no such resource. */
    Optional<Map<String, @Nullable Object>> find(String service, String path, String name) {
        HttpResponse<String> answer = exchange(request(service, path).GET().build());
        return answer.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(object(json(checked(answer)).get(name)));
    }

    /** Makes a resource; the object under that name in the answer. */
    Map<String, @Nullable Object> create(String service, String path, String name, Map<String, Object> resource) {
        return object(post(service, path, Map.of(name, resource)).get(name));
    }

    /** Sends a document and returns the one of the answer. */
    Map<String, @Nullable Object> post(String service, String path, Map<String, Object> document) {
        return json(send(request(service, path)
                .header("Content-Type", "application/json")
                .POST(body(document))
                .build()));
    }

    /** Sends a document whose answer does not matter. */
    void put(String service, String path, Map<String, Object> document) {
        send(request(service, path)
                .header("Content-Type", "application/json")
                .PUT(body(document))
                .build());
    }

    /** Does an action that answers nothing. */
    void act(String service, String path, String action) {
        send(request(service, path)
                .header("Content-Type", "application/json")
                .POST(body(Collections.singletonMap(action, null)))
                .build());
    }

    /** Gives an image its bytes. */
    void upload(String id, String bytes) {
        send(request("image", "/v2/images/" + id + "/file")
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofString(bytes))
                .build());
    }

    /** Removes a resource, if it is there. */
    void delete(String service, String path) {
        HttpResponse<String> answer = exchange(request(service, path).DELETE().build());
        if (answer.statusCode() != NOT_FOUND) {
            checked(answer);
        }
    }

    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(URI.create(endpoint(service) + path)).header("X-Auth-Token", token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        return checked(exchange(request));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> checked(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.request().method() + " "
                    + answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    private static HttpRequest.BodyPublisher body(Object json) {
        return HttpRequest.BodyPublishers.ofByteArray(JsonTree.write(json));
    }

    private static Map<String, @Nullable Object> json(HttpResponse<String> answer) {
        return object(JsonTree.read(answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    /** The text of that name; "" when there is none. */
    static String text(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked") // JSON objects have text as keys.
    static Map<String, @Nullable Object> object(@Nullable Object json) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(json);
    }

    /** The objects of a list. */
    static List<Map<String, @Nullable Object>> objects(@Nullable Object json) {
        return ((List<?>) Objects.requireNonNull(json))
                .stream().map(element -> object(element)).toList();
    }

    /** Asks until the answer is yes. */
    static void until(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("after " + PATIENCE + " it did not hold that " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
