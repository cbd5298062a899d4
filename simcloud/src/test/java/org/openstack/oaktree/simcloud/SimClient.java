package org.openstack.oaktree.simcloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.openstack.oaktree.simcloud.json.Json;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** A plain client of a simulated cloud: one user in one project. */
final class SimClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SimCloud cloud;
    private final String token;
    private final String version;

    private SimClient(SimCloud cloud, String token, String version) {
        this.cloud = cloud;
        this.token = token;
        this.version = version;
    }

    /** An answer. */
    record Reply(int status, HttpResponse<byte[]> response) {
        JsonObject json() {
            return (JsonObject) Objects.requireNonNull(Json.parse(response.body()));
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static SimClient anonymous(SimCloud cloud) {
        return new SimClient(cloud, "", "");
    }

    /** The user, whose password is his name, in the project. */
    static SimClient login(SimCloud cloud, String user, String project) {
        Reply reply = anonymous(cloud).post("/identity/v3/auth/tokens", password(user, user, project));
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.text());
        }
        return new SimClient(cloud, reply.header("X-Subject-Token"), "");
    }

    static String password(String user, String password, String project) {
        return """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "%s", "domain": {"name": "Default"},
                 "password": "%s"}}}, "scope": {"project": {"name": "%s", "domain": {"id": "default"}}}}}""".formatted(user, password, project);
    }

    /** The same user, asking for this microversion: "compute 2.93". */
    SimClient at(String microversion) {
        return new SimClient(cloud, token, microversion);
    }

    String token() {
        return token;
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply delete(String path) {
        return send("DELETE", path, "");
    }

    Reply post(String path, String body) {
        return send("POST", path, body);
    }

    Reply put(String path, String body) {
        return send("PUT", path, body);
    }

    Reply send(String method, String path, String body, String... headers) {
        try {
            return exchange(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply exchange(String method, String path, byte[] body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        path.startsWith("http")
                                ? URI.create(path)
                                : cloud.baseUri().resolve(path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.setHeader("X-Auth-Token", token);
        }
        if (!version.isEmpty()) {
            request.setHeader("OpenStack-API-Version", version);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
