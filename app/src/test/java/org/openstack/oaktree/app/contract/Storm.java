package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.v1.Location;

/** Many CreateServer at once, and what they leave in a project that has nothing else. */
final class Storm {
    private static final int PATIENCE = 900;

    private final Client client;
    private final StockApi user;
    private final Map<String, Server> made = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = Collections.synchronizedMap(new TreeMap<>());

    /** The calls go through the client; the user of the same project looks past oaktree at what is there. */
    Storm(Client client, StockApi user) {
        this.client = client;
        this.user = user;
    }

    /** Sends so many at once, each with a request_id of its own, and waits for every answer. */
    void rage(CreateServerRequest plain, String name, int count) throws InterruptedException {
        List<Runnable> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String own = name + "-" + i;
            calls.add(() -> create(plain.toBuilder()
                    .setName(own)
                    .setRequestId(own)
                    .setWait(true)
                    .build()));
        }
        AtOnce.run(calls, count);
    }

    private void create(CreateServerRequest request) {
        try {
            CreateServerResponse answer = client.call("CreateServer", request, PATIENCE);
            assertThat(answer.getCreated()).as(request.getName()).isTrue();
            assertThat(answer.getServer().getName()).isEqualTo(request.getName());
            assertThat(made.put(answer.getServer().getId(), answer.getServer())).isNull();
        } catch (StatusRuntimeException e) {
            failures.merge(Client.reason(e), 1, Integer::sum);
        }
    }

    /** The servers of the calls that ended well, by their IDs. */
    Map<String, Server> made() {
        return made;
    }

    /** How many calls failed, by reason. */
    Map<String, Integer> failures() {
        return failures;
    }

    /** What the project has is what was made, with one port each, and nothing besides. */
    void leftNothingElse() {
        List<Map<String, Object>> servers = present(user.list("compute", "/servers/detail", "servers"));
        assertThat(servers).extracting(server -> server.get("id")).containsExactlyInAnyOrderElementsOf(made.keySet());
        assertThat(servers).extracting(server -> server.get("name")).doesNotHaveDuplicates();
        assertThat(servers).allMatch(server -> "ACTIVE".equals(server.get("status")));
        assertThat(ports())
                .extracting(port -> port.get("device_id"))
                .containsExactlyInAnyOrderElementsOf(made.keySet());
        assertThat(user.list("network", "/v2.0/floatingips?project_id=" + user.projectId(), "floatingips"))
                .isEmpty();
        assertThat(user.list("volumev3", "/volumes", "volumes")).isEmpty();
    }

    @SuppressWarnings("NullAway") // What a server has none of is not looked at.
    private static List<Map<String, Object>> present(List<? extends Map<String, ?>> objects) {
        List<Map<String, Object>> present = new ArrayList<>();
        objects.forEach(object -> {
            Map<String, Object> members = new TreeMap<>();
            object.forEach((key, value) -> {
                if (value != null) {
                    members.put(key, value);
                }
            });
            present.add(members);
        });
        return present;
    }

    private List<Map<String, Object>> ports() {
        return present(user.list("network", "/v2.0/ports?project_id=" + user.projectId(), "ports")).stream()
                .filter(port -> {
                    String owner = String.valueOf(port.get("device_owner"));
                    return owner.isEmpty() || owner.startsWith("compute:");
                })
                .toList();
    }

    /** Deletes every server that was made; then no port is left. */
    void calm(Location where) throws InterruptedException {
        List<Runnable> calls = new ArrayList<>();
        made.keySet()
                .forEach(id -> calls.add(() -> client.call(
                        "DeleteServer",
                        DeleteServerRequest.newBuilder()
                                .setLocation(where)
                                .setServer(id)
                                .setWait(true)
                                .build(),
                        PATIENCE)));
        AtOnce.run(calls, Math.max(1, calls.size()));
        made.clear();
        leftNothingElse();
    }
}
