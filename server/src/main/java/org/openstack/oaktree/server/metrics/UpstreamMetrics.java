package org.openstack.oaktree.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import org.openstack.oaktree.rest.CallObserver;

/** Counts and times the requests that clouds are sent. The labels have few values: what is configured, and what oaktree's code names. */
public final class UpstreamMetrics implements CallObserver {
    private static final double[] SECONDS = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};

    private final Counter requests;
    private final Histogram seconds;

    /** Metrics in this registry. */
    public UpstreamMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("oaktree_cloud_requests_total")
                .help("HTTP requests sent to clouds, by the status of the answer; status 0: no answer came")
                .labelNames("cloud", "region", "service", "method", "operation", "status")
                .register(registry);
        seconds = Histogram.builder()
                .name("oaktree_cloud_request_seconds")
                .help("Time from the first byte sent to the last byte read")
                .unit(Unit.SECONDS)
                .labelNames("cloud", "region", "service")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
    }

    @Override
    public void answered(
            String cloud,
            String region,
            String service,
            String httpMethod,
            String operation,
            int status,
            Duration duration) {
        requests.labelValues(cloud, region, service, httpMethod, operation, Integer.toString(status))
                .inc();
        seconds.labelValues(cloud, region, service).observe(duration.toNanos() / 1e9);
    }
}
