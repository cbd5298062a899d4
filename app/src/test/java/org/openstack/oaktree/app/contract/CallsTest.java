package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.v1.Location;

/** What a list of servers with their addresses costs a real cloud, counted by proxies that stand before its services. */
@Tag("real")
class CallsTest {
    private static final int MANY = 50;
    private static final int PAGE = 20;
    private static final Map<String, Integer> FIXED = Map.of("GET /v2.0/ports", 1, "GET /v2.0/floatingips", 1);
    private static final String SERVERS = "GET /v2.1/servers/detail";

    private final String name = "calls-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Made before the test.
    private OwnProject project;

    @BeforeEach
    void makeProject() {
        project = new OwnProject(new TestCloud.Real().cloudsYaml(folder), folder, name);
    }

    @AfterEach
    void removeProject() {
        project.close();
    }

    /** An oaktree all of whose requests go through proxies. */
    private final class Counted implements AutoCloseable {
        private final CountingProxy identity;
        private final CountingProxy compute;
        private final CountingProxy network;
        private final Served served;

        /** Shows so many servers on a page; 0 = as many as the cloud does. */
        Counted(int pageLimit) throws IOException {
            Map<String, String> auth = project.user().auth();
            identity = new CountingProxy(URI.create(Objects.requireNonNull(auth.get("auth_url"))));
            compute = new CountingProxy(URI.create(project.user().endpoint("compute")), "/servers/detail", pageLimit);
            network = new CountingProxy(URI.create(project.user().endpoint("network")));
            Path file = Files.writeString(folder.resolve("clouds.yaml"), """
                    clouds:
                      counted:
                        auth:
                          auth_url: %s
                          username: %s
                          password: %s
                          project_name: %s
                          user_domain_name: Default
                          project_domain_name: Default
                        region_name: RegionOne
                        compute_endpoint_override: %s
                        network_endpoint_override: %s
                    """.formatted(
                    identity.uri(), auth.get("username"), auth.get("password"), name, compute.uri(), network.uri()));
            served = new Served(file, folder);
        }

        /** The list, not older than asked. */
        List<Server> list(boolean fresh) {
            ListServersRequest.Builder request = ListServersRequest.newBuilder()
                    .setLocation(Location.newBuilder().setCloud("counted"));
            if (fresh) {
                request.setMaxAge(Duration.getDefaultInstance());
            } else {
                // Older than the test can become: what matters is that the list is kept, not how fast the machine is.
                request.setMaxAge(Duration.newBuilder().setSeconds(3600));
            }
            ListServersResponse response = served.client().call("ListServers", request.build());
            return response.getServersList();
        }

        /** What it cost since this was asked the last time; oaktree says the same, so nothing went past the proxies. */
        Map<String, Integer> cost() {
            Map<String, Integer> cost = new TreeMap<>(identity.counts());
            cost.putAll(compute.counts());
            cost.putAll(network.counts());
            assertThat(sum(served.upstream())).as("requests that oaktree sent").isEqualTo(sum(cost));
            return cost;
        }

        @Override
        public void close() {
            served.close();
            identity.close();
            compute.close();
            network.close();
        }
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> withPages(int pages) {
        Map<String, Integer> calls = new TreeMap<>(FIXED);
        calls.put(SERVERS, pages);
        return calls;
    }

    @Test
    void aListOfServersWithAddressesCostsTheSameHoweverManyThereAre() throws IOException {
        Map<String, Integer> first;
        int whole;
        int paged;
        try (Counted oaktree = new Counted(0)) {
            project.addServers(1);
            String floating = project.addFloatingIp();

            assertThat(oaktree.list(true)).hasSize(1);
            first = oaktree.cost();
            assertThat(first).containsAllEntriesOf(withPages(1));
            assertThat(first.getOrDefault("GET /v2.0/networks", 0) + first.getOrDefault("GET /v2.0/subnets", 0))
                    .as("what tells public networks from private ones")
                    .isBetween(1, 2);

            complete(oaktree.list(true), 1, floating);
            assertThat(oaktree.cost()).as("at 1 server").isEqualTo(withPages(1));

            project.addServers(MANY - 1);
            // Networks and subnets are kept for a minute, and servers may take longer to make.
            oaktree.list(true);
            oaktree.cost();
            complete(oaktree.list(true), MANY, floating);
            Map<String, Integer> cost = oaktree.cost();
            assertThat(cost).as("at %s servers", MANY).isEqualTo(withPages(1));
            whole = sum(cost);

            complete(oaktree.list(false), MANY, floating);
            assertThat(oaktree.cost()).as("of a kept list").isEmpty();

            try (Counted small = new Counted(PAGE)) {
                small.list(true);
                small.cost();
                complete(small.list(true), MANY, floating);
                cost = small.cost();
                assertThat(cost).as("in pages of %s", PAGE).isEqualTo(withPages((MANY + PAGE - 1) / PAGE));
                paged = sum(cost);
                complete(small.list(false), MANY, floating);
                assertThat(small.cost()).as("of a kept list").isEmpty();
            }
        }
        System.out.printf(
                "calls: a fresh list of servers with addresses cost %d at 1 server and %d at %d (servers 1 + ports 1 + floating IPs 1), "
                        + "the very first %d (login, versions, networks, subnets); in pages of %d: %d, all %d there; a kept list 0%n",
                sum(withPages(1)), whole, MANY, sum(first), PAGE, paged, MANY);
    }

    private static void complete(List<Server> servers, int count, String floating) {
        assertThat(servers).hasSize(count);
        assertThat(servers).extracting(Server::getId).doesNotHaveDuplicates();
        assertThat(servers)
                .extracting(Server::getPrivateV4)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(servers).extracting(Server::getPublicV4).containsOnlyOnce(floating);
    }
}
