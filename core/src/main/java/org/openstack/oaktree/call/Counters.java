package org.openstack.oaktree.call;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one call costs its cloud: every request that was sent, repeats and logins included. Safe for use by many threads. */
public final class Counters {
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

    /** One more request was sent, as part of this operation ({@code ListServers}, {@code Authenticate}). */
    public void upstream(String service, String operation) {
        requests.computeIfAbsent(service + " " + operation, key -> new LongAdder())
                .increment();
    }

    /** How many requests were sent. */
    public long upstreamRequests() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many were sent of each kind; the keys read {@code compute ListServers}. */
    public Map<String, Long> upstreamRequestsByOperation() {
        Map<String, Long> sums = new TreeMap<>();
        requests.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }

    @Override
    public String toString() {
        return upstreamRequestsByOperation().toString();
    }
}
