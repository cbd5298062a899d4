package org.openstack.oaktree.simcloud.nova;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.openstack.oaktree.simcloud.world.Digests;

/** The cloud's machines and the availability zones that they stand in. */
final class Hosts {
    static final List<String> ZONES = List.of("az2", "nova");

    private static final List<Host> ALL =
            List.of(new Host("fake1", "nova"), new Host("fake2", "nova"), new Host("fake3", "az2"));

    /** One machine. */
    record Host(String name, String zone) {}

    private Hosts() {}

    static List<Host> in(String zone) {
        return ALL.stream()
                .filter(host -> zone.isEmpty() || host.zone().equals(zone))
                .toList();
    }

    /** The machine for the n-th server, in a zone or ("") in any. */
    static Host choose(String zone, long n) {
        List<Host> hosts = in(zone);
        return hosts.get((int) (n % hosts.size()));
    }

    /** What users see of a machine: the same for all servers of their project on it, and different for every project. */
    static String idFor(String projectId, String host) {
        if (host.isEmpty()) {
            return "";
        }
        byte[] text = (projectId + host).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digests.named("SHA-224").digest(text));
    }
}
