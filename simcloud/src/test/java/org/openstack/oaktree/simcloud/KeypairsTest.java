package org.openstack.oaktree.simcloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.simcloud.json.JsonObject;

class KeypairsTest {
    private static final String PATH = "/compute/v2.1/os-keypairs";

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults().withPageLimit(2));
    private final SimClient demo = SimClient.login(cloud, "demo", "demo");

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String named(String name) {
        return "{\"keypair\": {\"name\": \"" + name + "\"}}";
    }

    @Test
    void aGeneratedKeyIsARealOneAndIsShownOnce() {
        SimClient.Reply made = demo.post(PATH, named("a"));
        assertThat(made.status()).isEqualTo(200);
        JsonObject keypair = made.json().object("keypair");
        assertThat(keypair.text("private_key")).startsWith("-----BEGIN RSA PRIVATE KEY-----\nMII");
        assertThat(keypair.text("public_key")).startsWith("ssh-rsa AAAA").endsWith(" Generated-by-Nova");
        assertThat(keypair.text("fingerprint")).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        JsonObject shown = demo.get(PATH + "/a").json().object("keypair");
        assertThat(shown.has("private_key")).isFalse();
        assertThat(shown.text("public_key")).isEqualTo(keypair.text("public_key"));
        SimClient.Reply again = demo.post(PATH, named("a"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().object("conflictingRequest").text("message")).isEqualTo("Key pair 'a' already exists.");
    }

    @Test
    void aPublicKeyHasTheFingerprintThatNovaGives() {
        SimClient.Reply made = demo.at("compute 2.92").post(PATH, """
                {"keypair": {"name": "simcloud-k2", "public_key":
                 "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrcTnRa9F3dCTuqT97eOaa1oZev0Exd6rHTO5DnXA93 simk2"}}""");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().object("keypair").text("fingerprint"))
                .isEqualTo("a5:ec:4c:bc:87:6a:85:11:97:20:7d:ac:e4:fb:56:52");
        assertThat(made.json().object("keypair").text("type")).isEqualTo("ssh");
    }

    @Test
    void keypairsBelongToTheUserWhateverTheProject() {
        demo.post(PATH, named("a"));
        assertThat(SimClient.login(cloud, "demo", "alt").get(PATH + "/a").status())
                .isEqualTo(200);
        assertThat(SimClient.login(cloud, "demo2", "demo").get(PATH + "/a").status())
                .isEqualTo(404);
        SimClient admin = SimClient.login(cloud, "admin", "admin").at("compute 2.10");
        assertThat(admin.get(PATH + "/a?user_id=" + cloud.userId("demo")).status())
                .isEqualTo(200);
        assertThat(demo.at("compute 2.10")
                        .get(PATH + "?user_id=" + cloud.userId("alt"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void pagesFollowTheNames() {
        for (String name : new String[] {"c", "a", "d", "b", "e"}) {
            demo.post(PATH, named(name));
        }
        SimClient paged = demo.at("compute 2.35");
        StringBuilder names = new StringBuilder();
        int pages = 0;
        String next = PATH;
        while (!next.isEmpty()) {
            JsonObject page = paged.get(next).json();
            pages++;
            next = "";
            for (Object item : page.list("keypairs")) {
                names.append(((JsonObject) item).object("keypair").text("name"));
            }
            for (Object link : page.list("keypairs_links")) {
                next = ((JsonObject) link).text("href");
            }
        }
        assertThat(names).hasToString("abcde");
        assertThat(pages).isEqualTo(3);
        assertThat(demo.get(PATH).json().list("keypairs")).hasSize(5);
        assertThat(paged.get(PATH + "?marker=zzz").json().object("badRequest").text("message"))
                .isEqualTo("Marker zzz could not be found.");
    }

    @Test
    void badBodiesAreRefusedInNovasWords() {
        assertThat(message(demo.post(PATH, "{\"keypair\": {\"name\": 5}}")))
                .isEqualTo("Invalid input for field/attribute name. Value: 5. 5 is not of type 'string'");
        assertThat(message(demo.post(PATH, "{\"keypair\": {\"name\": \"x\", \"foo\": 1}}")))
                .isEqualTo(
                        "Invalid input for field/attribute keypair. Value: {'name': 'x', 'foo': 1}. Additional properties are"
                                + " not allowed ('foo' was unexpected)");
        assertThat(message(demo.post(PATH, "{\"foo\": 1}"))).isEqualTo("'keypair' is a required property");
        assertThat(message(demo.post(PATH, "{\"foo\": 1"))).isEqualTo("Malformed request body");
        assertThat(message(demo.post(PATH, "[]"))).isEqualTo("[] is not of type 'object'");
        assertThat(message(demo.post(PATH, ""))).isEqualTo("None is not of type 'object'");
        assertThat(message(demo.post(PATH, "{\"keypair\": {\"name\": \"x\", \"public_key\": \"foo\"}}")))
                .isEqualTo("Keypair data is invalid: failed to generate fingerprint");
        assertThat(message(demo.at("compute 2.92").post(PATH, named("x"))))
                .isEqualTo("Invalid input for field/attribute keypair. Value: {'name': 'x'}. 'public_key' is a required"
                        + " property");
        assertThat(demo.post(PATH, named("x".repeat(4_000_000))).status()).isEqualTo(413);
    }

    private static String message(SimClient.Reply reply) {
        assertThat(reply.status()).isEqualTo(400);
        return reply.json().object("badRequest").text("message");
    }

    @Test
    void microversionsAreNegotiated() {
        assertThat(demo.get(PATH).header("OpenStack-API-Version")).isEqualTo("compute 2.1");
        assertThat(demo.at("compute latest").get(PATH).header("OpenStack-API-Version"))
                .isEqualTo("compute 2.93");
        assertThat(demo.at("volume 3.59").get(PATH).header("OpenStack-API-Version"))
                .isEqualTo("compute 2.1");
        SimClient.Reply tooNew = demo.at("compute 2.94").get(PATH);
        assertThat(tooNew.status()).isEqualTo(406);
        assertThat(tooNew.json().object("computeFault").text("message"))
                .isEqualTo("Version 2.94 is not supported by the API. Minimum is 2.1 and maximum is 2.93.");
        assertThat(demo.at("compute abc").get(PATH).status()).isEqualTo(400);
        assertThat(demo.delete(PATH + "/none").status()).isEqualTo(404);
    }

    @Test
    void keypairsAreDeletedOnce() {
        demo.post(PATH, named("a"));
        demo.post(PATH, named("b"));
        assertThat(demo.delete(PATH + "/a").status()).isEqualTo(202);
        assertThat(demo.at("compute 2.2").delete(PATH + "/b").status()).isEqualTo(204);
        SimClient.Reply gone = demo.delete(PATH + "/a");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().object("itemNotFound").text("message"))
                .isEqualTo("Keypair a not found for user " + cloud.userId("demo"));
    }
}
