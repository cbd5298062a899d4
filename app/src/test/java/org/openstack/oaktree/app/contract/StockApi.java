package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.resource.json.JsonTree;
import org.openstack.oaktree.rest.Json;

/** OpenStack's own REST API as one user of a cloud sees it, without any of oaktree's code for clouds: what oaktree is judged by. */
final class StockApi implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> endpoints = new TreeMap<>();
    private final String token;
    private final String projectId;

    StockApi(Path cloudsYaml, Path folder, String cloud) {
        CloudsConfiguration clouds = CloudsConfiguration.load(
                new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(cloudsYaml));
        Map<String, String> auth = clouds.cloud(cloud, "RegionOne").auth();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(auth.get("auth_url") + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(body(login(auth)))
                .build());
        token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
        Map<String, @Nullable Object> login = object(json(answer).get("token"));
        projectId = text(object(login.get("project")), "id");
        for (Map<String, @Nullable Object> service : objects(login.get("catalog"))) {
            for (Map<String, @Nullable Object> endpoint : objects(service.get("endpoints"))) {
                if (text(endpoint, "interface").equals("public")) {
                    endpoints.put(text(service, "type"), text(endpoint, "url"));
                }
            }
        }
    }

    private static Map<String, Object> login(Map<String, String> auth) {
        Map<String, String> domain = Map.of("name", "Default");
        Map<String, Object> user = Map.of(
                "name", Objects.requireNonNull(auth.get("username")),
                "password", Objects.requireNonNull(auth.get("password")),
                "domain", domain);
        Map<String, Object> project =
                Map.of("name", Objects.requireNonNull(auth.get("project_name")), "domain", domain);
        return Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                        "scope", Map.of("project", project)));
    }

    /** The user's project. */
    String projectId() {
        return projectId;
    }

    /** The objects under that name in the answer to a GET. */
    List<Map<String, @Nullable Object>> list(String service, String path, String name) {
        return objects(json(send(request(service, path).GET().build())).get(name));
    }

    /** The object under that name in the answer to a GET. */
    Map<String, @Nullable Object> get(String service, String path, String name) {
        return object(json(send(request(service, path).GET().build())).get(name));
    }

    /** Makes a resource; the object under that name in the answer. */
    Map<String, @Nullable Object> create(String service, String path, String name, Map<String, Object> resource) {
        HttpRequest post = request(service, path)
                .header("Content-Type", "application/json")
                .POST(body(Map.of(name, resource)))
                .build();
        return object(json(send(post)).get(name));
    }

    /** Removes a resource. */
    void delete(String service, String path) {
        send(request(service, path).DELETE().build());
    }

    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(URI.create(Objects.requireNonNull(endpoints.get(service), service) + path))
                .header("X-Auth-Token", token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        request.method() + " " + request.uri() + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.BodyPublisher body(Object json) {
        return HttpRequest.BodyPublishers.ofByteArray(Json.write(json));
    }

    private static Map<String, @Nullable Object> json(HttpResponse<String> answer) {
        return object(JsonTree.read(answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    /** The text of that name; "" when there is none. */
    static String text(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    @SuppressWarnings("unchecked") // JSON objects have text as keys.
    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(json);
    }

    /** The objects of a list. */
    static List<Map<String, @Nullable Object>> objects(@Nullable Object json) {
        return ((List<?>) Objects.requireNonNull(json))
                .stream().map(element -> object(element)).toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
