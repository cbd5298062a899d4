package org.openstack.oaktree.simcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.simcloud.json.JsonObject;

class ServersTest {
    private static final String PATH = "/compute/v2.1/servers";
    private static final String NONE = "00000000-0000-4000-8000-000000000000";

    private final ManualClock clock = new ManualClock();
    private final SimCloud cloud = SimCloud.start(SimOptions.defaults()
            .withClock(clock)
            .withTimes(Duration.ofSeconds(4), Duration.ofSeconds(1))
            .withServers(25)
            .withPageLimit(10));
    private final SimClient demo = SimClient.login(cloud, "demo", "demo").at("compute 2.93");
    private final SimClient alt = SimClient.login(cloud, "alt", "alt").at("compute 2.93");
    private final SimClient admin = SimClient.login(cloud, "admin", "admin").at("compute 2.93");

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String body(String name, String more) {
        return "{\"server\": {\"name\": \"%s\", \"flavorRef\": \"42\", \"imageRef\": \"%s\"%s}}"
                .formatted(name, Seed.imageId("tiny"), more);
    }

    private String create(SimClient client, String name, String more) {
        SimClient.Reply reply = client.post(PATH, body(name, ", \"networks\": \"none\"" + more));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().object("server").text("id");
    }

    private JsonObject server(SimClient client, String id) {
        SimClient.Reply reply = client.get(PATH + "/" + id);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().object("server");
    }

    private String networkId(String name) {
        for (Object network :
                demo.get("/network/v2.0/networks?name=" + name).json().list("networks")) {
            return ((JsonObject) network).text("id");
        }
        throw new AssertionError("no network " + name);
    }

    private static List<String> names(JsonObject page) {
        List<String> names = new ArrayList<>();
        page.list("servers").forEach(server -> names.add(((JsonObject) server).text("name")));
        return names;
    }

    @Test
    void aServerIsBuiltActedOnAndDeleted() {
        SimClient.Reply made = demo.post(
                PATH,
                body(
                        "Web 1",
                        ", \"networks\": [{\"uuid\": \"" + networkId("private-demo")
                                + "\"}], \"tags\": [\"blue\"], \"metadata\": {\"role\": \"web\"}"));
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.header("X-Openstack-Request-Id")).startsWith("req-");
        JsonObject answer = made.json().object("server");
        assertThat(answer.names()).contains("id", "links", "OS-DCF:diskConfig", "adminPass", "security_groups");
        String id = answer.text("id");
        JsonObject building = server(demo, id);
        assertThat(building.text("status")).isEqualTo("BUILD");
        assertThat(building.text("OS-EXT-STS:task_state")).isEqualTo("scheduling");
        assertThat(building.object("addresses").isEmpty()).isTrue();

        clock.pass(Duration.ofSeconds(4));
        JsonObject active = server(demo, id);
        assertThat(active.text("status")).isEqualTo("ACTIVE");
        assertThat(active.object("addresses").isEmpty()).isFalse();
        assertThat(active.object("flavor").text("original_name")).isEqualTo("m1.nano");
        assertThat(active.object("metadata").text("role")).isEqualTo("web");
        assertThat(active.text("OS-EXT-SRV-ATTR:hostname")).isEqualTo("web-1");
        assertThat(active.get("OS-SRV-USG:launched_at")).isEqualTo("2026-11-22T12:00:04.000000");

        String action = PATH + "/" + id + "/action";
        assertThat(demo.post(action, "{\"os-stop\": null}").status()).isEqualTo(202);
        clock.pass(Duration.ofSeconds(1));
        assertThat(server(demo, id).text("status")).isEqualTo("SHUTOFF");
        SimClient.Reply again = demo.post(action, "{\"os-stop\": null}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().object("conflictingRequest").text("message"))
                .isEqualTo("Cannot 'stop' instance " + id + " while it is in vm_state stopped");
        assertThat(demo.post(action, "{\"os-start\": null}").status()).isEqualTo(202);
        clock.pass(Duration.ofSeconds(1));
        assertThat(demo.post(action, "{\"reboot\": {\"type\": \"HARD\"}}").status())
                .isEqualTo(202);
        assertThat(server(demo, id).text("status")).isEqualTo("HARD_REBOOT");
        clock.pass(Duration.ofSeconds(1));
        assertThat(demo.post(action, "{\"os-getConsoleOutput\": {\"length\": 1}}")
                        .json()
                        .text("output"))
                .isEqualTo("login: ");

        assertThat(demo.delete(PATH + "/" + id).status()).isEqualTo(204);
        assertThat(server(demo, id).text("OS-EXT-STS:task_state")).isEqualTo("deleting");
        clock.pass(Duration.ofSeconds(1));
        SimClient.Reply gone = demo.get(PATH + "/" + id);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().object("itemNotFound").text("message"))
                .isEqualTo("Instance " + id + " could not be found.");
    }

    @Test
    void aBuildCanFail() {
        String id = create(demo, "broken", ", \"metadata\": {\"testcloud_fail\": \"1\"}");
        clock.pass(Duration.ofSeconds(4));
        JsonObject server = server(demo, id);
        assertThat(server.text("status")).isEqualTo("ERROR");
        assertThat(server.object("fault").number("code", 0)).isEqualTo(500);
        assertThat(server.object("fault").text("message")).contains(id);
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        String newest = create(demo, "newest", "");
        List<String> names = new ArrayList<>();
        int pages = 0;
        String next = PATH + "/detail";
        while (!next.isEmpty()) {
            JsonObject page = demo.get(next).json();
            pages++;
            names.addAll(names(page));
            next = "";
            for (Object link : page.list("servers_links")) {
                next = ((JsonObject) link).text("href");
            }
        }
        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(26).doesNotHaveDuplicates().startsWith("newest", "server-00024", "server-00023");
        assertThat(names(demo.get(PATH + "?limit=2&marker=" + newest).json()))
                .containsExactly("server-00024", "server-00023");
        assertThat(demo.get(PATH + "?marker=abc").json().object("badRequest").text("message"))
                .isEqualTo("marker [abc] not found");
    }

    @Test
    void listsAreFiltered() {
        create(demo, "one", ", \"tags\": [\"blue\", \"front\"]");
        assertThat(names(demo.get(PATH + "?name=r-0000[12]$").json())).containsExactly("server-00002", "server-00001");
        assertThat(names(demo.get(PATH + "?status=build").json())).containsExactly("one");
        assertThat(names(demo.get(PATH + "?tags=front,blue").json())).containsExactly("one");
        assertThat(names(demo.get(PATH + "?tags=front,red").json())).isEmpty();
        assertThat(names(demo.get(PATH + "?changes-since=2026-11-22T12:00:00Z").json()))
                .containsExactly("one");
        assertThat(names(demo.get(PATH + "?sort_key=display_name&sort_dir=asc&limit=2")
                        .json()))
                .containsExactly("one", "server-00000");
        for (String query : List.of("status=foo", "name=(", "changes-since=abc", "foo=1", "sort_key=foo", "limit=-1")) {
            assertThat(demo.get(PATH + "?" + query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void projectsDoNotSeeEachOther() {
        String id = create(alt, "other", "");
        assertThat(names(alt.get(PATH).json())).containsExactly("other");
        assertThat(names(demo.get(PATH + "?name=other").json())).isEmpty();
        assertThat(demo.get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(demo.delete(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(demo.get(PATH + "?all_tenants=1").status()).isEqualTo(403);
        assertThat(names(admin.get(PATH).json())).isEmpty();
        assertThat(names(admin.get(PATH + "?all_tenants=1&name=other").json())).containsExactly("other");
        assertThat(server(admin, id).text("OS-EXT-SRV-ATTR:instance_name")).matches("instance-[0-9a-f]{8}");
        assertThat(server(alt, id).has("OS-EXT-SRV-ATTR:instance_name")).isFalse();
    }

    @Test
    void whatCannotBeBuiltIsRefused() {
        String none = ", \"networks\": \"none\"";
        assertThat(refused(body("x", none).replace("\"42\"", "\"nope\""))).isEqualTo("Flavor nope could not be found.");
        assertThat(refused(body("x", none).replace(Seed.imageId("tiny"), NONE)))
                .isEqualTo("Can not find requested image");
        assertThat(refused(body("x", none).replace(Seed.imageId("tiny"), ""))).isEqualTo("Missing imageRef attribute");
        assertThat(refused(body("x", none + ", \"key_name\": \"nope\""))).isEqualTo("Invalid key_name provided.");
        assertThat(refused(body("x", none + ", \"availability_zone\": \"nope\"")))
                .isEqualTo("The requested availability zone is not available");
        assertThat(refused(body("x", ", \"networks\": [{\"uuid\": \"" + NONE + "\"}]")))
                .isEqualTo("Network " + NONE + " could not be found.");
        assertThat(refused(body("x", ""))).endsWith("'networks' is a required property");
    }

    private String refused(String body) {
        SimClient.Reply reply = demo.post(PATH, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        return reply.json().object("badRequest").text("message");
    }

    @Test
    void olderMicroversionsShowLess() {
        String id = create(demo, "one", "");
        JsonObject old = server(SimClient.login(cloud, "demo", "demo"), id);
        assertThat(old.object("flavor").text("id")).isEqualTo("42");
        assertThat(old.names()).doesNotContain("tags", "locked", "description", "server_groups");
        assertThat(server(demo, id).names()).contains("tags", "locked", "description", "server_groups");
    }

    @Test
    void metadataChanges() {
        String id = create(demo, "one", ", \"metadata\": {\"a\": \"1\"}");
        String path = PATH + "/" + id + "/metadata";
        assertThat(demo.post(path, "{\"metadata\": {\"b\": \"2\"}}").text())
                .isEqualTo("{\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(demo.put(path + "/a", "{\"meta\": {\"a\": \"3\"}}").status()).isEqualTo(200);
        assertThat(demo.delete(path + "/b").status()).isEqualTo(204);
        assertThat(demo.delete(path + "/b").status()).isEqualTo(404);
        assertThat(demo.get(path).text()).isEqualTo("{\"metadata\":{\"a\":\"3\"}}");
        assertThat(demo.put(path, "{\"metadata\": {}}").text()).isEqualTo("{\"metadata\":{}}");
    }

    @Test
    void groupsKnowTheirMembers() {
        String groups = "/compute/v2.1/os-server-groups";
        SimClient.Reply made =
                demo.post(groups, "{\"server_group\": {\"name\": \"apart\", \"policy\": \"anti-affinity\"}}");
        assertThat(made.status()).isEqualTo(200);
        String groupId = made.json().object("server_group").text("id");
        demo.post(groups, "{\"server_group\": {\"name\": \"second\", \"policy\": \"affinity\"}}");
        String body = body("one", ", \"networks\": \"none\"");
        String hinted =
                body.substring(0, body.length() - 1) + ", \"os:scheduler_hints\": {\"group\": \"" + groupId + "\"}}";
        String id = demo.post(PATH, hinted).json().object("server").text("id");
        JsonObject group = demo.get(groups + "/" + groupId).json().object("server_group");
        assertThat(group.list("members")).singleElement().isEqualTo(id);
        assertThat(demo.get(groups + "?limit=1&offset=1").json().list("server_groups"))
                .singleElement()
                .satisfies(
                        second -> assertThat(((JsonObject) second).text("name")).isEqualTo("second"));
        assertThat(alt.get(groups).json().list("server_groups")).isEmpty();
        assertThat(alt.get(groups + "/" + groupId).status()).isEqualTo(404);
        assertThat(demo.delete(groups + "/" + groupId).status()).isEqualTo(204);
        assertThat(demo.get(groups + "/" + groupId).status()).isEqualTo(404);
    }

    @Test
    void zonesAndLimitsAreShown() {
        String zones = "/compute/v2.1/os-availability-zone";
        List<String> names = new ArrayList<>();
        demo.get(zones)
                .json()
                .list("availabilityZoneInfo")
                .forEach(zone -> names.add(((JsonObject) zone).text("zoneName")));
        assertThat(names).containsExactly("az2", "nova");
        assertThat(demo.get(zones + "/detail").status()).isEqualTo(403);
        assertThat(admin.get(zones + "/detail").text()).contains("fake3");
        JsonObject absolute =
                demo.get("/compute/v2.1/limits").json().object("limits").object("absolute");
        assertThat(absolute.number("totalInstancesUsed", 0)).isEqualTo(25);
        assertThat(absolute.number("totalRAMUsed", 0)).isEqualTo(25 * 64);
    }
}
