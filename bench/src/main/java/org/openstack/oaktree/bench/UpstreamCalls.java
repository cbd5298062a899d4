package org.openstack.oaktree.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that an oaktree has sent to clouds, as its metrics say.
 *
 * @param counts by {@code cloud operation}
 */
record UpstreamCalls(Map<String, Integer> counts) {
    private static final Pattern REQUESTS = Pattern.compile(
            "oaktree_cloud_requests_total\\{.*cloud=\"([^\"]*)\".*operation=\"([^\"]*)\".*\\} ([0-9.E]+)");

    static UpstreamCalls read(String metrics) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : metrics.split("\n", -1)) {
            Matcher matcher = REQUESTS.matcher(line);
            if (matcher.matches()) {
                String what = matcher.group(1) + " " + matcher.group(2);
                counts.merge(what, (int) Double.parseDouble(matcher.group(3)), Integer::sum);
            }
        }
        return new UpstreamCalls(counts);
    }

    /** Those that came after. */
    UpstreamCalls since(UpstreamCalls before) {
        Map<String, Integer> later = new TreeMap<>();
        counts.forEach((what, count) -> {
            int more = count - before.counts.getOrDefault(what, 0);
            if (more != 0) {
                later.put(what, more);
            }
        });
        return new UpstreamCalls(later);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return total() + (counts.isEmpty() ? "" : " " + counts);
    }
}
