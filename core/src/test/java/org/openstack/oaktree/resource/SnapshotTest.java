package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;

class SnapshotTest {
    private final Snapshot list = new Snapshot(List.of(), Object::toString, Instant.EPOCH);
    private final AtomicInteger made = new AtomicInteger();

    private RpcResponse make() {
        return RpcResponse.of(ListServersResponse.newBuilder()
                .setNextPageToken("answer " + made.incrementAndGet())
                .build());
    }

    private static ListServersRequest page(String token) {
        return ListServersRequest.newBuilder().setPageToken(token).build();
    }

    @Test
    void theSameRequestGetsTheSameAnswer() {
        RpcResponse first = list.response(page("a"), this::make);
        assertThat(list.response(page("a"), this::make)).isSameAs(first);
        assertThat(first.bytes()).isEqualTo(first.message().toByteArray());
        assertThat(made).hasValue(1);
    }

    @Test
    void anotherRequestGetsItsOwn() {
        RpcResponse first = list.response(page("a"), this::make);
        assertThat(list.response(page("b"), this::make).message()).isNotEqualTo(first.message());
    }

    @Test
    void aListDoesNotHoldOnToLargeRequests() {
        ListServersRequest large = page("x".repeat(10_000));
        list.response(large, this::make);
        list.response(large, this::make);
        assertThat(made).hasValue(2);
    }
}
