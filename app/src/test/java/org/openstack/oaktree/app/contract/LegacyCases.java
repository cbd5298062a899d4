package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows the paths and field numbers of 2016 and nothing else. What it is answered must be what the cloud's own API says at
 * the same time.
 */
final class LegacyCases implements AutoCloseable {
    private static final int LOCATION = 1;
    private static final int ID = 2;
    private static final int RULES = 5;
    private static final int PROPERTIES = 99;
    private static final String NEUTRON = "network";

    private final StockApi stock;
    private final String cloud;
    private final String name;
    private final String securityGroup;
    private final String port;
    private final String floatingIp;
    private final Set<String> calls = new TreeSet<>();
    private int resources;
    private int values;

    /** Makes what a fresh project has none of: a security group with odd rules, and a floating IP that is attached. */
    LegacyCases(StockApi stock, String cloud, String name) {
        this.stock = stock;
        this.cloud = cloud;
        this.name = name;
        securityGroup = id(stock.create(
                NEUTRON,
                "/v2.0/security-groups",
                "security_group",
                Map.of("name", name, "description", "of 2016, für alte Clients")));
        rule(Map.of(
                "direction",
                "ingress",
                "protocol",
                "tcp",
                "port_range_min",
                22,
                "port_range_max",
                443,
                "remote_ip_prefix",
                "192.0.2.0/24"));
        rule(Map.of("direction", "ingress", "ethertype", "IPv6", "protocol", "udp", "remote_group_id", securityGroup));
        port = id(stock.create(
                NEUTRON, "/v2.0/ports", "port", Map.of("name", name, "network_id", network("private-demo"))));
        floatingIp = id(stock.create(
                NEUTRON,
                "/v2.0/floatingips",
                "floatingip",
                Map.of("floating_network_id", network("public"), "port_id", port, "description", name)));
    }

    private void rule(Map<String, Object> rule) {
        Map<String, Object> whole = new HashMap<>(rule);
        whole.put("security_group_id", securityGroup);
        stock.create(NEUTRON, "/v2.0/security-group-rules", "security_group_rule", whole);
    }

    private String network(String networkName) {
        return id(stock.list(NEUTRON, "/v2.0/networks?name=" + networkName, "networks")
                .getFirst());
    }

    private static String id(Map<String, @Nullable Object> resource) {
        return StockApi.text(resource, "id");
    }

    /** Every resource of the list, field by field; then one of them by each way of asking for it. */
    void answersAreTheClouds(LegacyKind kind, Client client) {
        List<Map<String, @Nullable Object>> before = stock.list(kind.service(), kind.path(), kind.member());
        String list = "List" + kind.noun() + "s";
        List<LegacyMessage> listed = call(client, list, LegacyMessage.filter(cloud, "", "", Map.of()))
                .messages(1);
        // Others work in this cloud too: only what did not change in the meantime can be compared.
        List<Map<String, @Nullable Object>> steady = stock.list(kind.service(), kind.path(), kind.member()).stream()
                .filter(before::contains)
                .toList();
        assertThat(steady).isNotEmpty();
        for (Map<String, @Nullable Object> expected : steady) {
            assertThat(listed)
                    .filteredOn(resource -> resource.text(ID).equals(id(expected)))
                    .singleElement()
                    .satisfies(resource -> equal(kind, resource, expected));
        }
        Map<String, @Nullable Object> one = mine(kind, steady);
        String id = id(one);
        for (byte[] filter : List.of(
                LegacyMessage.filter(cloud, id, "", Map.of()),
                LegacyMessage.filter(cloud, "", "[?id == '" + id + "']", Map.of()),
                LegacyMessage.filter(cloud, "", "", Map.of("id", id)))) {
            equal(kind, call(client, "Get" + kind.noun(), filter), one);
            assertThat(call(client, list, filter).messages(1)).hasSize(1);
        }
        nobodyElse(kind, client);
    }

    private void nobodyElse(LegacyKind kind, Client client) {
        byte[] absent = LegacyMessage.filter(cloud, UUID.randomUUID().toString(), "", Map.of());
        assertThat(call(client, "List" + kind.noun() + "s", absent).messages(1)).isEmpty();
        for (Map.Entry<String, byte[]> wrong : Map.of(
                        "NOT_FOUND RESOURCE_NOT_FOUND", absent,
                        "FAILED_PRECONDITION AMBIGUOUS_NAME", LegacyMessage.filter(cloud, "", "", Map.of()),
                        "INVALID_ARGUMENT INVALID_FIELD", LegacyMessage.filter(cloud, "", "[?nosuch]", Map.of()))
                .entrySet()) {
            // Of floating IPs there may be one only.
            if (wrong.getKey().endsWith("AMBIGUOUS_NAME") && kind.equals(LegacyKind.FLOATING_IP)) {
                continue;
            }
            assertThatThrownBy(() -> call(client, "Get" + kind.noun(), wrong.getValue()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failure -> assertThat(Client.reason(failure)).isEqualTo(wrong.getKey()));
        }
    }

    /** One of the things that were made for this, where there is one: it has most to say. */
    private Map<String, @Nullable Object> mine(LegacyKind kind, List<Map<String, @Nullable Object>> steady) {
        return steady.stream()
                .filter(resource -> id(resource).equals(securityGroup)
                        || id(resource).equals(floatingIp)
                        || (kind.equals(LegacyKind.SECURITY_GROUP_RULE)
                                && StockApi.text(resource, "remote_ip_prefix").equals("192.0.2.0/24")))
                .findFirst()
                .orElse(steady.getFirst());
    }

    private LegacyMessage call(Client client, String rpc, byte[] filter) {
        calls.add(rpc);
        return LegacyMessage.read(client.call("oaktree.Oaktree/" + rpc, filter));
    }

    private void equal(LegacyKind kind, LegacyMessage resource, Map<String, @Nullable Object> expected) {
        Set<Integer> known = new TreeSet<>(kind.fields().keySet());
        known.addAll(List.of(LOCATION, PROPERTIES));
        kind.fields().forEach((number, meaning) -> {
            Object value = meaning.apply(expected);
            assertThat(value(resource, number, value))
                    .as("field %d of %s %s", number, kind, expected)
                    .isEqualTo(value);
            if (Set.of("", 0L, 0f, List.of()).contains(value)) {
                assertThat(resource.has(number)).as("proto3 leaves out").isFalse();
            }
            values++;
        });
        if (kind.equals(LegacyKind.SECURITY_GROUP)) {
            known.add(RULES);
            rules(resource.messages(RULES), LegacyKind.objects(expected, "security_group_rules"));
        }
        assertThat(resource.fields().asMap().keySet()).isSubsetOf(known);
        place(resource.messages(LOCATION).getFirst(), StockApi.text(expected, "project_id"));
        properties(resource.map(PROPERTIES), expected);
        resources++;
    }

    private static Object value(LegacyMessage resource, int number, Object like) {
        return switch (like) {
            case String text -> resource.text(number);
            case Float fraction -> resource.fraction(number);
            case Long integer -> resource.integer(number);
            default -> resource.texts(number);
        };
    }

    private void rules(List<LegacyMessage> rules, List<Map<String, @Nullable Object>> expected) {
        assertThat(rules).hasSameSizeAs(expected);
        for (Map<String, @Nullable Object> rule : expected) {
            assertThat(rules)
                    .filteredOn(candidate -> candidate.text(ID).equals(id(rule)))
                    .singleElement()
                    .satisfies(found -> equal(LegacyKind.SECURITY_GROUP_RULE, found, rule));
        }
    }

    /** A location is 1 cloud, 2 region, 3 zone, 4 project {1 id}. */
    private void place(LegacyMessage location, String project) {
        assertThat(location.text(1)).isEqualTo(cloud);
        assertThat(location.text(2)).isEqualTo("RegionOne");
        if (!project.isEmpty()) {
            assertThat(location.messages(4).getFirst().text(1)).isEqualTo(project);
        }
    }

    /** What has no field of its own stands in properties, as text. */
    private void properties(Map<String, String> properties, Map<String, @Nullable Object> expected) {
        properties.forEach((key, value) -> {
            if (expected.get(key) instanceof String text) {
                assertThat(value).as(key).isEqualTo(text);
                values++;
            }
        });
        if (id(expected).equals(floatingIp)) {
            assertThat(properties).containsEntry("description", name);
        }
    }

    /** How much was compared. */
    String figures() {
        return calls.size() + " calls, " + resources + " resources, " + values + " values as the cloud's own API says";
    }

    @Override
    public void close() {
        stock.delete(NEUTRON, "/v2.0/floatingips/" + floatingIp);
        stock.delete(NEUTRON, "/v2.0/ports/" + port);
        stock.delete(NEUTRON, "/v2.0/security-groups/" + securityGroup);
        stock.close();
    }
}
