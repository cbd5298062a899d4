package org.openstack.oaktree.server.metrics;

import io.grpc.Status;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times the calls that clients make, under the names that dashboards for gRPC servers know.
 *
 * <p>Every label has few values: services and methods of the API, and status codes. Never anything that a client chose.
 */
public final class CallMetrics {
    private static final double[] SECONDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300};

    private final Counter handled;
    private final Histogram seconds;
    private final Map<String, OfMethod> methods = new ConcurrentHashMap<>();

    /** Metrics in this registry. */
    public CallMetrics(PrometheusRegistry registry) {
        handled = Counter.builder()
                .name("grpc_server_handled_total")
                .help("Calls answered, by the code of the answer")
                .labelNames("grpc_service", "grpc_method", "grpc_code")
                .register(registry);
        seconds = Histogram.builder()
                .name("grpc_server_handling_seconds")
                .help("Time from a whole request's arrival to its answer; of a stream: to its end")
                .unit(Unit.SECONDS)
                .labelNames("grpc_service", "grpc_method")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
    }

    /** A call was refused before it began: it is counted, and took no time. */
    public void refused(String method, Status.Code code) {
        of(method).handled(code);
    }

    /** A call ended. */
    public void finished(String method, Status.Code code, Duration took) {
        OfMethod metrics = of(method);
        metrics.handled(code);
        metrics.seconds.observe(took.toNanos() / 1e9);
    }

    private OfMethod of(String method) {
        return methods.computeIfAbsent(method, OfMethod::new);
    }

    /** The data points of one method, looked up once. */
    private final class OfMethod {
        private final Map<Status.Code, CounterDataPoint> byCode = new ConcurrentHashMap<>();
        private final DistributionDataPoint seconds;
        private final String service;
        private final String name;

        OfMethod(String method) {
            int slash = method.lastIndexOf('/');
            service = method.substring(0, slash);
            name = method.substring(slash + 1);
            seconds = CallMetrics.this.seconds.labelValues(service, name);
        }

        void handled(Status.Code code) {
            byCode.computeIfAbsent(code, any -> handled.labelValues(service, name, any.name()))
                    .inc();
        }
    }
}
