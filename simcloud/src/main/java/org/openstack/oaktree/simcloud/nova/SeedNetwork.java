package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.world.Ids;

/** The one network of a cloud without neutron: gives every port the next address of 10.0.0.0/8. */
final class SeedNetwork implements ServerNetworks {
    static final String NAME = "private-demo";
    static final String ID = Ids.fixedUuid("network " + NAME);

    private final Map<String, List<Port>> ports = new HashMap<>();
    private int nextNumber = 10;

    private record Port(String address, String mac) {}

    @Override
    public Plan plan(Caller caller, JsonObject wanted) {
        List<String> groups = groups(wanted);
        Object networks = wanted.get("networks");
        if ("none".equals(networks)) {
            return new Plan(List.of(), groups);
        }
        List<Wish> wishes = new ArrayList<>();
        for (Object entry : wanted.list("networks")) {
            wishes.add(wish(entry instanceof JsonObject one ? one : JsonObject.of()));
        }
        return new Plan(wishes.isEmpty() ? List.of(new Wish(ID, "", "")) : wishes, groups);
    }

    private static List<String> groups(JsonObject wanted) {
        List<String> groups = new ArrayList<>();
        for (Object entry : wanted.list("security_groups")) {
            String name = entry instanceof JsonObject one ? one.text("name") : Python.str(entry);
            if (!name.equals("default")) {
                throw new ApiException(400, "Unable to find security_group with name or id '" + name + "'");
            }
            groups.add(name);
        }
        return groups;
    }

    private static Wish wish(JsonObject one) {
        if (one.has("port")) {
            throw new ApiException(400, "Port id " + one.text("port") + " could not be found.");
        }
        String networkId = one.text("uuid");
        if (!Ids.isUuid(networkId)) {
            throw new ApiException(
                    400, "Bad networks format: network uuid is not in proper format (" + networkId + ")");
        }
        if (!networkId.equals(ID)) {
            throw new ApiException(400, "Network " + networkId + " could not be found.");
        }
        return new Wish(networkId, "", one.text("fixed_ip"));
    }

    @Override
    public void connect(Server server, Plan plan) {
        List<Port> made = new ArrayList<>();
        for (Wish wish : plan.wishes()) {
            int number = nextNumber++;
            String any = "10.%d.%d.%d".formatted((number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff);
            String mac =
                    "fa:16:3e:%02x:%02x:%02x".formatted((number >> 16) & 0xff, (number >> 8) & 0xff, number & 0xff);
            made.add(new Port(wish.fixedIp().isEmpty() ? any : wish.fixedIp(), mac));
        }
        ports.put(server.id, List.copyOf(made));
    }

    @Override
    public void setActive(Server server, boolean isActive) {}

    @Override
    public void disconnect(Server server) {
        ports.remove(server.id);
    }

    @Override
    public List<String> addresses(Server server) {
        return portsOf(server).stream().map(Port::address).toList();
    }

    @Override
    public JsonObject view(Server server) {
        List<JsonObject> addresses = portsOf(server).stream()
                .map(port -> JsonObject.of("version", 4)
                        .put("addr", port.address())
                        .put("OS-EXT-IPS:type", "fixed")
                        .put("OS-EXT-IPS-MAC:mac_addr", port.mac()))
                .toList();
        return addresses.isEmpty() ? JsonObject.of() : JsonObject.of(NAME, addresses);
    }

    @Override
    public List<String> groupNames(Server server) {
        return portsOf(server).isEmpty() ? List.of() : List.of("default");
    }

    private List<Port> portsOf(Server server) {
        return ports.getOrDefault(server.id, List.of());
    }
}
