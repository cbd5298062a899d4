package org.openstack.oaktree.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Value;

/** How the openstack client shows subnets' pools and security group rules. */
final class Networking {
    private static final List<String> ICMP = List.of("icmp", "icmpv6", "ipv6-icmp", "1", "58");

    private Networking() {}

    /** {@code 10.0.0.2-10.0.0.9} of each pool. */
    static String pools(Value value) {
        return value instanceof Value.Items(var pools)
                ? pools.stream()
                        .map(pool -> pool instanceof Value.Entries entries
                                ? text(entries, "start") + "-" + text(entries, "end")
                                : Cell.of(pool).human())
                        .collect(Collectors.joining(","))
                : Cell.of(value).human();
    }

    /** Remote addresses of a rule; where it names none, all of its kind of IP. */
    static Value range(Value rule) {
        if (!(rule instanceof Value.Entries entries)) {
            return Value.NOTHING;
        }
        String prefix = text(entries, "remote_ip_prefix");
        if (!prefix.isEmpty()) {
            return Value.text(prefix);
        }
        return switch (text(entries, "ethertype")) {
            case "IPv4" -> Value.text("0.0.0.0/0");
            case "IPv6" -> Value.text("::/0");
            default -> Value.NOTHING;
        };
    }

    /** {@code 22:24}, {@code type=8:code=0}, or nothing where a rule is about all ports. */
    static Value ports(Value rule) {
        if (!(rule instanceof Value.Entries entries)) {
            return Value.NOTHING;
        }
        String first = text(entries, "port_range_min");
        String last = text(entries, "port_range_max");
        if (ICMP.contains(text(entries, "protocol"))) {
            return Value.text((first.isEmpty() ? "" : "type=" + first) + (last.isEmpty() ? "" : ":code=" + last));
        }
        return Value.text(first.isEmpty() && last.isEmpty() ? "" : first + ":" + last);
    }

    /** The text of an entry; empty if it is absent. */
    static String text(Value.Entries entries, String key) {
        Value value = entries.entries().getOrDefault(key, Value.NOTHING);
        return value instanceof Value.Nothing ? "" : Cell.of(value).human();
    }
}
