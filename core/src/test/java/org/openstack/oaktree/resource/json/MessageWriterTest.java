package org.openstack.oaktree.resource.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.ServerNic;
import org.openstack.oaktree.error.OaktreeException;

/** Parts of a request, and fields that write into one object. */
class MessageWriterTest {
    private final Map<String, @Nullable Object> inside = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> outside = new LinkedHashMap<>();

    private static Struct hints(String name, Value value) {
        return Struct.newBuilder().putFields(name, value).build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    @Test
    void partsAreWrittenWithWhatIsSetInThem() {
        MessageWriter.create(
                CreateServerRequest.newBuilder()
                        .addNics(ServerNic.newBuilder()
                                .setNetwork("n1")
                                .setFixedIp("10.0.0.7")
                                .setTag("front"))
                        .addNics(ServerNic.newBuilder().setPort("p1"))
                        .build(),
                inside,
                outside);
        assertThat(inside)
                .isEqualTo(Map.of(
                        "networks",
                        List.of(Map.of("uuid", "n1", "fixed_ip", "10.0.0.7", "tag", "front"), Map.of("port", "p1"))));
        assertThat(outside).isEmpty();
    }

    @Test
    void aMemberOfAnObjectAndTheObjectAreOne() {
        MessageWriter.create(
                CreateServerRequest.newBuilder()
                        .setGroup("g1")
                        .setSchedulerHints(
                                hints("group", text("g2")).toBuilder().putFields("same_host", text("s1")))
                        .build(),
                inside,
                outside);
        assertThat(outside).isEqualTo(Map.of("os:scheduler_hints", Map.of("group", "g1", "same_host", "s1")));
        assertThat(inside).isEmpty();
    }

    @Test
    void aNumberThatJsonHasNoTextForIsRefused() {
        CreateServerRequest request = CreateServerRequest.newBuilder()
                .setSchedulerHints(hints(
                        "rank", Value.newBuilder().setNumberValue(Double.NaN).build()))
                .build();
        assertThatThrownBy(() -> MessageWriter.create(request, inside, outside))
                .isInstanceOf(OaktreeException.class)
                .hasMessageContaining("scheduler_hints");
    }
}
