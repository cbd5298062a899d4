package org.openstack.oaktree.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpstreamCallsTest {
    private static final String METRICS = """
        # TYPE oaktree_cloud_requests_total counter
        oaktree_cloud_requests_total{cloud="a",method="GET",operation="ListPorts",region="R",service="network",status="200"} 3.0
        oaktree_cloud_requests_total{cloud="a",method="GET",operation="ListPorts",region="R",service="network",status="503"} 1.0
        oaktree_cloud_requests_total{cloud="b",method="GET",operation="ListServers",region="R",service="compute",status="200"} 2.0
        oaktree_connections 1.0
        """;

    @Test
    void requestsAreCountedByCloudAndOperation() {
        UpstreamCalls calls = UpstreamCalls.read(METRICS);
        assertThat(calls.total()).isEqualTo(6);
        assertThat(calls).hasToString("6 {a ListPorts=4, b ListServers=2}");
    }

    @Test
    void onlyWhatCameLaterIsShown() {
        UpstreamCalls before = UpstreamCalls.read(METRICS);
        UpstreamCalls after = UpstreamCalls.read(METRICS.replace("} 2.0", "} 9.0"));
        assertThat(after.since(before)).hasToString("7 {b ListServers=7}");
        assertThat(before.since(before)).hasToString("0");
    }
}
