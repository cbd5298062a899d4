package org.openstack.oaktree.simcloud;

import java.time.Clock;
import java.time.Duration;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.world.Quotas;

/**
 * How a simulated cloud is made. Begin with {@link #defaults()} and change what matters.
 *
 * @param port on 127.0.0.1; 0 = any free one
 * @param controlToken bearer token of {@code /sim}; "" = no control over HTTP
 * @param clock decides when tokens end and when builds are done
 * @param tokenLifetime of every token
 * @param buildTime from the answer to a POST until a server is ACTIVE or a volume available
 * @param taskTime that reboots, stops, deletions and the like take
 * @param servers how many servers the project demo has at the start, besides what the seed brings
 * @param pageLimit how many items nova, cinder and glance show on one page at most
 * @param quotas of every project
 * @param computeMax the newest microversion of nova, at most 2.93
 * @param region its name
 * @param seed of the faults' probabilities
 */
public record SimOptions(
        int port,
        String controlToken,
        Clock clock,
        Duration tokenLifetime,
        Duration buildTime,
        Duration taskTime,
        int servers,
        int pageLimit,
        Quotas quotas,
        Microversion computeMax,
        String region,
        long seed) {

    /** A small cloud on any free port, whose servers take half a second to build. */
    public static SimOptions defaults() {
        return new SimOptions(
                0,
                "",
                Clock.systemUTC(),
                Duration.ofHours(24),
                Duration.ofMillis(500),
                Duration.ofMillis(200),
                0,
                1_000,
                Quotas.generous(),
                new Microversion(2, 93),
                "RegionOne",
                1);
    }

    public SimOptions withPort(int changed) {
        return new SimOptions(
                changed,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                computeMax,
                region,
                seed);
    }

    public SimOptions withControlToken(String changed) {
        return new SimOptions(
                port,
                changed,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                computeMax,
                region,
                seed);
    }

    public SimOptions withClock(Clock changed) {
        return new SimOptions(
                port,
                controlToken,
                changed,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                computeMax,
                region,
                seed);
    }

    public SimOptions withTokenLifetime(Duration changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                changed,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                computeMax,
                region,
                seed);
    }

    /** Sets how long builds, and how long other tasks take. */
    public SimOptions withTimes(Duration build, Duration task) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                build,
                task,
                servers,
                pageLimit,
                quotas,
                computeMax,
                region,
                seed);
    }

    public SimOptions withServers(int changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                changed,
                pageLimit,
                quotas,
                computeMax,
                region,
                seed);
    }

    public SimOptions withPageLimit(int changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                changed,
                quotas,
                computeMax,
                region,
                seed);
    }

    public SimOptions withQuotas(Quotas changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                changed,
                computeMax,
                region,
                seed);
    }

    public SimOptions withComputeMax(Microversion changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                changed,
                region,
                seed);
    }

    public SimOptions withRegion(String changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                computeMax,
                changed,
                seed);
    }

    public SimOptions withSeed(long changed) {
        return new SimOptions(
                port,
                controlToken,
                clock,
                tokenLifetime,
                buildTime,
                taskTime,
                servers,
                pageLimit,
                quotas,
                computeMax,
                region,
                changed);
    }

    @Override
    public String toString() {
        return "SimOptions[port=" + port + ", servers=" + servers + "]";
    }
}
