package org.openstack.oaktree.simcloud;

import java.time.Clock;
import java.time.Duration;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.world.Quotas;

/** How a simulated cloud is made. Begin with {@link #defaults()} and change what matters; options themselves never change. */
public final class SimOptions {
    private int port = 0;
    private String controlToken = "";
    private Clock clock = Clock.systemUTC();
    private Duration tokenLifetime = Duration.ofHours(24);
    private Duration buildTime = Duration.ofMillis(500);
    private Duration taskTime = Duration.ofMillis(200);
    private int servers = 0;
    private int pageLimit = 1_000;
    private int networkPageLimit = 0;
    private Quotas quotas = Quotas.generous();
    private Microversion computeMax = new Microversion(2, 93);
    private String region = "RegionOne";
    private long seed = 1;

    private SimOptions() {}

    private SimOptions(SimOptions other) {
        port = other.port;
        controlToken = other.controlToken;
        clock = other.clock;
        tokenLifetime = other.tokenLifetime;
        buildTime = other.buildTime;
        taskTime = other.taskTime;
        servers = other.servers;
        pageLimit = other.pageLimit;
        networkPageLimit = other.networkPageLimit;
        quotas = other.quotas;
        computeMax = other.computeMax;
        region = other.region;
        seed = other.seed;
    }

    /** A small cloud on any free port, whose servers take half a second to build. */
    public static SimOptions defaults() {
        return new SimOptions();
    }

    /** Sets how long builds, and how long other tasks take. */
    public SimOptions withTimes(Duration build, Duration task) {
        SimOptions changed = new SimOptions(this);
        changed.buildTime = build;
        changed.taskTime = task;
        return changed;
    }

    /** Listens there on 127.0.0.1; 0 = any free port. */
    public SimOptions withPort(int value) {
        SimOptions changed = new SimOptions(this);
        changed.port = value;
        return changed;
    }

    /** Lets {@code /sim} be used with this bearer token; "" = there is no {@code /sim}. */
    public SimOptions withControlToken(String value) {
        SimOptions changed = new SimOptions(this);
        changed.controlToken = value;
        return changed;
    }

    /** Decides when tokens end and when builds are done, and dates what is made and answered. */
    public SimOptions withClock(Clock value) {
        SimOptions changed = new SimOptions(this);
        changed.clock = value;
        return changed;
    }

    /** How long every token is good. */
    public SimOptions withTokenLifetime(Duration value) {
        SimOptions changed = new SimOptions(this);
        changed.tokenLifetime = value;
        return changed;
    }

    /** Starts with so many servers in project demo, each with an address on a network of their own. */
    public SimOptions withServers(int value) {
        SimOptions changed = new SimOptions(this);
        changed.servers = value;
        return changed;
    }

    /** How many items nova, cinder and glance show on one page at most. */
    public SimOptions withPageLimit(int value) {
        SimOptions changed = new SimOptions(this);
        changed.pageLimit = value;
        return changed;
    }

    /** How many items neutron shows on one page at most; 0 = any number. */
    public SimOptions withNetworkPageLimit(int value) {
        SimOptions changed = new SimOptions(this);
        changed.networkPageLimit = value;
        return changed;
    }

    /** What every project may have. */
    public SimOptions withQuotas(Quotas value) {
        SimOptions changed = new SimOptions(this);
        changed.quotas = value;
        return changed;
    }

    /** The newest microversion of nova, at most 2.93. */
    public SimOptions withComputeMax(Microversion value) {
        SimOptions changed = new SimOptions(this);
        changed.computeMax = value;
        return changed;
    }

    /** The name of the one region. */
    public SimOptions withRegion(String value) {
        SimOptions changed = new SimOptions(this);
        changed.region = value;
        return changed;
    }

    /** Decides the chances of faults that strike by chance. */
    public SimOptions withSeed(long value) {
        SimOptions changed = new SimOptions(this);
        changed.seed = value;
        return changed;
    }

    int port() {
        return port;
    }

    String controlToken() {
        return controlToken;
    }

    Clock clock() {
        return clock;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    Duration buildTime() {
        return buildTime;
    }

    Duration taskTime() {
        return taskTime;
    }

    int servers() {
        return servers;
    }

    int pageLimit() {
        return pageLimit;
    }

    int networkPageLimit() {
        return networkPageLimit;
    }

    Quotas quotas() {
        return quotas;
    }

    Microversion computeMax() {
        return computeMax;
    }

    String region() {
        return region;
    }

    long seed() {
        return seed;
    }
}
