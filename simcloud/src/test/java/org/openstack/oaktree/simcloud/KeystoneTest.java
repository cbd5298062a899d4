package org.openstack.oaktree.simcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.simcloud.json.JsonObject;

class KeystoneTest {
    private final ManualClock clock = new ManualClock();
    private final SimCloud cloud =
            SimCloud.start(SimOptions.defaults().withClock(clock).withTokenLifetime(Duration.ofMinutes(5)));

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void aTokenSaysWhoWhereAndUntilWhen() {
        SimClient.Reply reply =
                SimClient.anonymous(cloud).post("/identity/v3/auth/tokens", SimClient.password("demo", "demo", "demo"));
        assertThat(reply.status()).isEqualTo(201);
        JsonObject token = reply.json().object("token");
        assertThat(token.object("project").text("id")).isEqualTo(cloud.projectId("demo"));
        assertThat(token.object("user").text("id")).isEqualTo(cloud.userId("demo"));
        assertThat(token.text("expires_at")).isEqualTo("2026-11-22T12:05:00.000000Z");
        assertThat(token.text("issued_at")).isEqualTo("2026-11-22T12:00:00.000000Z");
        assertThat(token.list("catalog").toString()).contains("/compute/v2.1");
    }

    @Test
    void aTokenEnds() {
        SimClient demo = SimClient.login(cloud, "demo", "demo");
        clock.pass(Duration.ofMinutes(4));
        assertThat(demo.get("/compute/v2.1/flavors").status()).isEqualTo(200);
        clock.pass(Duration.ofMinutes(1));
        SimClient.Reply refused = demo.get("/compute/v2.1/flavors");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Keystone uri=\"" + cloud.baseUri() + "/identity\"");
    }

    @Test
    void aRevokedTokenIsWorthless() {
        SimClient demo = SimClient.login(cloud, "demo", "demo");
        SimClient second = SimClient.login(cloud, "demo", "demo");
        assertThat(demo.send("DELETE", "/identity/v3/auth/tokens", "", "X-Subject-Token", demo.token())
                        .status())
                .isEqualTo(204);
        assertThat(demo.get("/compute/v2.1/flavors").status()).isEqualTo(401);
        assertThat(second.get("/compute/v2.1/flavors").status()).isEqualTo(200);
        cloud.revokeTokens();
        assertThat(second.get("/compute/v2.1/flavors").status()).isEqualTo(401);
    }

    @Test
    void aTokenFromATokenEndsWithItsParent() {
        SimClient demo = SimClient.login(cloud, "demo", "demo");
        clock.pass(Duration.ofMinutes(2));
        SimClient.Reply reply = SimClient.anonymous(cloud)
                .post("/identity/v3/auth/tokens", """
                {"auth": {"identity": {"methods": ["token"], "token": {"id": "%s"}},
                 "scope": {"project": {"id": "%s"}}}}""".formatted(demo.token(), cloud.projectId("alt")));
        assertThat(reply.status()).isEqualTo(201);
        JsonObject token = reply.json().object("token");
        assertThat(token.list("methods").toString()).isEqualTo("[token, password]");
        assertThat(token.object("project").text("name")).isEqualTo("alt");
        assertThat(token.text("expires_at")).isEqualTo("2026-11-22T12:05:00.000000Z");
    }

    @Test
    void anApplicationCredentialActsInItsProjectOnly() {
        SimClient demo = SimClient.login(cloud, "demo", "demo");
        String path = "/identity/v3/users/" + cloud.userId("demo") + "/application_credentials";
        JsonObject made = demo.post(path, "{\"application_credential\": {\"name\": \"ci\"}}")
                .json()
                .object("application_credential");
        assertThat(demo.post(path, "{\"application_credential\": {\"name\": \"ci\"}}")
                        .status())
                .isEqualTo(409);
        String auth = """
                {"auth": {"identity": {"methods": ["application_credential"], "application_credential": {"id": "%s",
                 "secret": "%s"}}%s}}""";
        SimClient anonymous = SimClient.anonymous(cloud);
        SimClient.Reply reply =
                anonymous.post("/identity/v3/auth/tokens", auth.formatted(made.text("id"), made.text("secret"), ""));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().object("token").object("project").text("name")).isEqualTo("demo");
        assertThat(anonymous
                        .post("/identity/v3/auth/tokens", auth.formatted(made.text("id"), "wrong", ""))
                        .status())
                .isEqualTo(401);
        assertThat(anonymous
                        .post(
                                "/identity/v3/auth/tokens",
                                auth.formatted(
                                        made.text("id"),
                                        made.text("secret"),
                                        ", \"scope\": {\"project\": {\"id\": \"x\"}}"))
                        .status())
                .isEqualTo(401);
        assertThat(SimClient.login(cloud, "demo2", "demo").get(path).status()).isEqualTo(403);
        assertThat(demo.delete(path + "/" + made.text("id")).status()).isEqualTo(204);
        assertThat(anonymous
                        .post("/identity/v3/auth/tokens", auth.formatted(made.text("id"), made.text("secret"), ""))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void badLoginsAreRefusedAsKeystoneDoes() {
        SimClient anonymous = SimClient.anonymous(cloud);
        String path = "/identity/v3/auth/tokens";
        assertThat(anonymous
                        .post(path, SimClient.password("demo", "wrong", "demo"))
                        .status())
                .isEqualTo(401);
        assertThat(anonymous
                        .post(path, SimClient.password("demo", "demo", "admin"))
                        .status())
                .isEqualTo(401);
        assertThat(anonymous
                        .post(path, SimClient.password("demo", "demo", "nowhere"))
                        .status())
                .isEqualTo(401);
        assertThat(anonymous.post(path, "{\"auth\"").json().object("error").text("message"))
                .startsWith("Expecting to find valid JSON in request body.");
        assertThat(anonymous.post(path, "{}").status()).isEqualTo(400);
        assertThat(anonymous.get("/identity/v3/auth/projects").status()).isEqualTo(401);
        assertThat(anonymous.get("/identity/v2.0").status()).isEqualTo(404);
        assertThat(anonymous.get("/identity").status()).isEqualTo(300);
    }

    @Test
    void aUserSeesHisProjects() {
        JsonObject answer = SimClient.login(cloud, "demo", "demo")
                .get("/identity/v3/auth/projects")
                .json();
        assertThat(answer.list("projects").toString()).contains("\"name\":\"demo\"", "\"name\":\"alt\"");
        assertThat(SimClient.login(cloud, "demo", "demo")
                        .get("/identity/v3/projects")
                        .status())
                .isEqualTo(403);
        assertThat(SimClient.login(cloud, "admin", "admin")
                        .get("/identity/v3/projects?name=alt")
                        .json()
                        .list("projects"))
                .hasSize(1);
    }
}
