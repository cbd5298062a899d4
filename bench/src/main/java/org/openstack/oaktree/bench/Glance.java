package org.openstack.oaktree.bench;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.Json;

/** The real Glance, as one speaks with it without oaktree: small requests by Java's own client, bytes of images by curl. */
final class Glance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final String images;
    private final String token;

    /**
     * Logs in.
     *
     * @param auth of a user, by names
     * @param folder gets files, with the token in one
     */
    Glance(Map<String, String> auth, Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        HttpResponse<byte[]> login = http.send(
                HttpRequest.newBuilder(URI.create(auth.get("auth_url") + "/auth/tokens"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JsonTree.write(login(auth))))
                        .build(),
                BodyHandlers.ofByteArray());
        token = login.headers().firstValue("X-Subject-Token").orElseThrow(() -> failed("the login", login));
        images = json(login).at("token", "catalog").elements().stream()
                .filter(service -> service.at("type").text().equals("image"))
                .flatMap(service -> service.at("endpoints").elements().stream())
                .filter(endpoint -> endpoint.at("interface").text().equals("public"))
                .map(endpoint -> endpoint.at("url").text().replaceFirst("/+(v2/*)?$", "") + "/v2/images")
                .findFirst()
                .orElseThrow(() -> new Benchmark.CannotRunException("the real cloud has no Glance"));
    }

    private static Map<String, Object> login(Map<String, String> auth) {
        Map<String, Object> user = Map.of(
                "name", auth.get("username"),
                "password", auth.get("password"),
                "domain", Map.of("name", auth.get("user_domain_name")));
        Map<String, Object> project =
                Map.of("name", auth.get("project_name"), "domain", Map.of("name", auth.get("project_domain_name")));
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of("methods", List.of("password"), "password", Map.of("user", user)),
                        "scope",
                        Map.of("project", project)));
    }

    /** Makes the record of an image without bytes; answers its ID. */
    String create(String name) throws IOException, InterruptedException {
        Map<String, Object> record = Map.of("name", name, "disk_format", "raw", "container_format", "bare");
        return json(send("POST", images, JsonTree.write(record))).at("id").text();
    }

    /** The image as Glance shows it. */
    Json show(String id) throws IOException, InterruptedException {
        return json(send("GET", images + "/" + id, new byte[0]));
    }

    /** Deletes every image of that name. */
    void deleteNamed(String name) throws IOException, InterruptedException {
        for (Json image : json(send("GET", images + "?name=" + name, new byte[0]))
                .at("images")
                .elements()) {
            send("DELETE", images + "/" + image.at("id").text(), new byte[0]);
        }
    }

    /**
     * Uploads by curl, which reads them from its standard input.
     *
     * @return from the connection to the answer
     */
    Duration upload(String id, ImageBytes bytes) throws IOException, InterruptedException {
        Process curl = curl(
                id,
                "request = \"PUT\"\nupload-file = \"-\"\noutput = \"/dev/null\"\nheader = \"Content-Length: "
                        + bytes.size()
                        + "\"\nheader = \"Transfer-Encoding:\"\nheader = \"Expect:\"\n"
                        + "header = \"Content-Type: application/octet-stream\"\n"
                        + "write-out = \"%{http_code} %{time_total}\"\n");
        try (OutputStream input = curl.getOutputStream()) {
            for (Iterator<ByteString> chunks = bytes.chunks(); chunks.hasNext(); ) {
                chunks.next().writeTo(input);
            }
        }
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (curl.waitFor() != 0 || !output.startsWith("204 ")) {
            throw new IOException("curl failed: " + output);
        }
        return Duration.ofNanos(Math.round(Double.parseDouble(output.substring(4)) * 1e9));
    }

    /** SHA-512 of the bytes that curl downloads, as hexadecimal text. */
    String downloaded(String id) throws IOException, InterruptedException {
        Process curl = curl(id, "fail\n");
        try (InputStream output = curl.getInputStream();
                DigestInputStream hashing = new DigestInputStream(output, ImageBytes.newSha512())) {
            hashing.transferTo(OutputStream.nullOutputStream());
            if (curl.waitFor() != 0) {
                throw new IOException("curl could not download the image");
            }
            return HexFormat.of().formatHex(hashing.getMessageDigest().digest());
        }
    }

    private Process curl(String id, String more) throws IOException {
        // The token stands in a file, where nobody else sees it among the arguments of processes.
        Path config = Files.writeString(
                folder.resolve("curl-image"),
                "silent\nshow-error\nnoproxy = \"*\"\nurl = \"" + images + "/" + id
                        + "/file\"\nheader = \"X-Auth-Token: " + token + "\"\n" + more);
        return new ProcessBuilder("curl", "--disable", "--config", config.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private HttpResponse<byte[]> send(String method, String url, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(PATIENCE)
                        .header("X-Auth-Token", token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw failed(method + " " + url, response);
        }
        return response;
    }

    private static IllegalStateException failed(String what, HttpResponse<?> response) {
        return new IllegalStateException(what + " was answered with " + response.statusCode());
    }

    private static Json json(HttpResponse<byte[]> response) {
        return Json.read(new ByteArrayInputStream(response.body()));
    }

    @Override
    public void close() {
        http.close();
    }
}
