package org.openstack.oaktree.simcloud.world;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a project may have, by the services' own names of things: instances, cores, ram, key_pairs (per user), server_groups,
 * server_group_members, metadata_items, network, subnet, port, router, floatingip, security_group, security_group_rule, volumes,
 * snapshots, gigabytes.
 *
 * @param limits -1 = no limit
 */
public record Quotas(Map<String, Integer> limits) {
    public Quotas {
        limits = Map.copyOf(limits);
    }

    /** Room for tests that make many things. */
    public static Quotas generous() {
        Map<String, Integer> limits = new LinkedHashMap<>();
        limits.put("instances", 50_000);
        limits.put("cores", 100_000);
        limits.put("ram", 100_000_000);
        limits.put("key_pairs", 1_000);
        limits.put("metadata_items", 128);
        limits.put("server_groups", 1_000);
        limits.put("server_group_members", 1_000);
        limits.put("network", 1_000);
        limits.put("subnet", 1_000);
        limits.put("port", 100_000);
        limits.put("router", 1_000);
        limits.put("floatingip", 2_000);
        limits.put("security_group", 1_000);
        limits.put("security_group_rule", 10_000);
        limits.put("volumes", 10_000);
        limits.put("snapshots", 10_000);
        limits.put("gigabytes", 100_000);
        return new Quotas(limits);
    }

    /** A copy in which a project may have so much of this. */
    public Quotas with(String what, int limit) {
        Map<String, Integer> changed = new LinkedHashMap<>(limits);
        changed.put(what, limit);
        return new Quotas(changed);
    }

    /** How much of this a project may have; -1 = no limit. */
    public int limit(String what) {
        return limits.getOrDefault(what, -1);
    }

    /** Whether a project that uses so much may have so much more. */
    public boolean allows(String what, long used, long more) {
        int limit = limit(what);
        return limit < 0 || used + more <= limit;
    }
}
