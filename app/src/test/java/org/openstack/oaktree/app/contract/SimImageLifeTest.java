package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.grpc.StatusRuntimeException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;

/** Images of the simulated cloud. */
class SimImageLifeTest extends ImageLife {
    SimImageLifeTest() {
        super(new TestCloud.Sim());
    }

    private Faults faults() {
        return ((TestCloud.Sim) cloud).faults();
    }

    @Test
    void isNotLeftWhenGlanceFails() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        FaultRule upload =
                FaultRule.on("image", Fault.status(500, "broken")).method("PUT").path("/v2/images/*/file");
        for (FaultRule rule : List.of(
                upload,
                FaultRule.on("image", new Fault.Reset()).method("PUT").path("/v2/images/*/file"),
                FaultRule.on("image", Fault.status(409, "no")).method("PUT").path("/v2/images/*/file"),
                FaultRule.on("image", Fault.status(409, "no")).method("POST").path("/v2/images"),
                FaultRule.on("image", Fault.status(500, "broken"))
                        .method("POST")
                        .path("/v2/images"),
                FaultRule.on("image", Fault.status(400, "too late"))
                        .method("POST")
                        .path("/v2/images")
                        .afterEffect())) {
            String name = unique();
            Faults.Active fault = faults().add(rule);
            Upload broken = begin(spec(name).setRequestId(name).build());
            broken.send(bytes, 60);
            assertThatThrownBy(() -> finished(broken)).as(rule.toString()).isInstanceOf(StatusRuntimeException.class);
            fault.remove();
            assertThat(named(name)).as(rule.toString()).isEmpty();
        }
    }

    @Test
    void isThereWhenOnlyTheAnswersOfGlanceAreLost() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        for (FaultRule rule : List.of(
                FaultRule.on("image", new Fault.Reset()).method("POST").path("/v2/images"),
                FaultRule.on("image", Fault.status(500, "broken")).method("PUT").path("/v2/images/*/file"),
                FaultRule.on("image", new Fault.Reset()).method("PUT").path("/v2/images/*/file"))) {
            String name = unique();
            Faults.Active fault = faults().add(rule.afterEffect());
            Upload upload = begin(spec(name).build());
            upload.send(bytes, 60);
            assertThat(finished(upload).getCreated()).as(rule.toString()).isTrue();
            fault.remove();
            assertThat(named(name)).as(rule.toString()).hasSize(1);
        }
    }

    /** What the cloud says it has not done is done again, while none of the bytes is gone. */
    @Test
    void isMadeByAGlanceThatRefusesAtFirst() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        FaultRule post = FaultRule.on("image", Fault.retryAfter(503, "1"))
                .method("POST")
                .path("/v2/images")
                .times(1);
        for (FaultRule rule : List.of(
                post,
                post.afterEffect(),
                FaultRule.on("image", Fault.retryAfter(503, "1"))
                        .method("PUT")
                        .path("/v2/images/*/file")
                        .times(1))) {
            for (String requestId : List.of("", unique())) {
                String name = unique();
                Faults.Active fault = faults().add(rule);
                Upload upload = begin(spec(name).setRequestId(requestId).build());
                upload.send(bytes, 60);
                assertThat(finished(upload).getCreated()).as(rule.toString()).isTrue();
                fault.remove();
                assertThat(named(name)).as(rule.toString()).hasSize(1);
            }
        }
    }

    /** Once: a token that is refused again within seconds is not renewed again. */
    @Test
    void isMadeThoughItsTokenIsRevoked() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        String name = unique();
        Faults.Active fault = faults().add(FaultRule.on("image", new Fault.TokenRevoked())
                .method("PUT")
                .path("/v2/images/*/file")
                .times(1));
        Upload upload = begin(spec(name).build());
        upload.send(bytes, 60);
        assertThat(finished(upload).getCreated()).isTrue();
        fault.remove();
        assertThat(named(name)).hasSize(1);
    }

    @Test
    void isNotLeftWhenGlanceNeverAnswers() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        for (FaultRule rule : List.of(
                FaultRule.on("image", new Fault.Hang()).method("POST").path("/v2/images"),
                FaultRule.on("image", new Fault.Hang())
                        .method("POST")
                        .path("/v2/images")
                        .afterEffect(),
                FaultRule.on("image", new Fault.Hang()).method("PUT").path("/v2/images/*/file"),
                FaultRule.on("image", new Fault.Hang())
                        .method("PUT")
                        .path("/v2/images/*/file")
                        .afterEffect())) {
            String name = unique();
            Faults.Active fault = faults().add(rule);
            Upload upload = begin(spec(name)
                    .setRequestId(name)
                    .setTimeout(Duration.newBuilder().setSeconds(4))
                    .build());
            upload.send(bytes, 60);
            assertThatThrownBy(() -> finished(upload)).as(rule.toString()).isInstanceOf(StatusRuntimeException.class);
            fault.remove();
            assertThat(named(name)).as(rule.toString()).isEmpty();
        }
    }

    /** A glance that keeps other bytes than it was sent is found out, by their hash and by their number. */
    @Test
    void isNotLeftWhenGlanceHasOtherBytes() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        for (String wrong : List.of("\"checksum\": \"" + "0".repeat(32) + "\", \"size\": " + CHUNK, "\"size\": 7")) {
            String name = unique();
            String body = "{\"id\": \"" + UUID.randomUUID() + "\", \"name\": \"" + name + "\", \"status\": \"active\", "
                    + wrong + "}";
            Upload upload = begin(spec(name).build());
            upload.send(bytes, 60);
            Faults.Active fault = faults().add(FaultRule.on("image", new Fault.WrongBody("application/json", body))
                    .method("GET")
                    .path("/v2/images/*"));
            assertThatThrownBy(() -> finished(upload))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failure -> assertThat(Client.reason(failure))
                                    .isEqualTo("FAILED_PRECONDITION RESOURCE_FAILED"));
            fault.remove();
            assertThat(named(name)).as(wrong).isEmpty();
        }
    }

    /** Who repeats a request that is still being answered waits for it no longer than he wants to, and takes nothing from it. */
    @Test
    void isWaitedForByARepeatNoLongerThanThatMay() throws Exception {
        String name = unique();
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        CreateImageSpec spec = spec(name).setRequestId(name).build();
        Upload first = begin(spec);
        first.send(bytes, 60);
        StockApi.until("the first is there", () -> !named(name).isEmpty());
        Upload second = begin(
                spec.toBuilder().setTimeout(Duration.newBuilder().setSeconds(3)).build());
        assertThatThrownBy(second::answer)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> assertThat(Client.reason(failure)).isEqualTo("DEADLINE_EXCEEDED WAIT_TIMED_OUT"));
        assertThat(finished(first).getCreated()).isTrue();
        assertThat(named(name)).hasSize(1);
    }

    /** What a client can send to a glance that takes nothing is what lies in buffers on the way. */
    @Test
    void isSentNoFasterThanGlanceTakesIt() throws Exception {
        String name = unique();
        Faults.Active fault = faults().add(
                        FaultRule.on("image", new Fault.Hang()).method("PUT").path("/v2/images/*/file"));
        Upload stalled = begin(spec(name).build());
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        long most = 64L << 20;
        boolean taken = true;
        while (taken && stalled.sent() < most) {
            taken = stalled.send(bytes, 8);
        }
        System.out.println("images: a stalled glance stalls the sender after " + stalled.sent() / 1024 + " KiB");
        assertThat(stalled.sent()).isLessThanOrEqualTo(4 << 20);
        assertThat(named(name)).as("asked on the same connection").hasSize(1);
        stalled.cancel();
        vanishes(name);
        fault.remove();
    }

    @Test
    void isDownloadedThoughItHasNoBytesAtAll() throws Exception {
        Upload upload = begin(spec(unique()).build());
        assertThat(downloaded(finished(upload).getImage().getId())).isEmpty();
    }

    /** What Glance refuses at first it may give later, when nothing was passed on yet. */
    @Test
    void isDownloadedFromAGlanceThatRefusesAtFirst() throws Exception {
        byte[] bytes = random(CHUNK + 1);
        String id = uploaded(bytes);
        for (Fault refusal : List.of(Fault.retryAfter(503, "1"), new Fault.Reset(), new Fault.TokenRevoked())) {
            Faults.Active fault = faults().add(file(refusal).times(1));
            assertThat(downloaded(id)).as(refusal.toString()).isEqualTo(bytes);
            fault.remove();
        }
    }

    /** Whoever has read to the end knows that he has all, and all right. */
    @Test
    void isNotDownloadedWellWhenGlanceSendsOtherBytes() throws Exception {
        byte[] bytes = new byte[3 * CHUNK];
        Arrays.fill(bytes, (byte) 'a');
        String id = uploaded(bytes);
        String other = "a".repeat(bytes.length - 1) + "b";
        Map.of(
                        new Fault.WrongBody("application/octet-stream", other),
                        "INTERNAL UNREADABLE_ANSWER",
                        new Fault.WrongBody("application/octet-stream", other + "b"),
                        "INTERNAL UNREADABLE_ANSWER",
                        new Fault.Truncate(2 * CHUNK),
                        "INTERNAL UNREADABLE_ANSWER",
                        new Fault.CloseEarly(2 * CHUNK),
                        "UNAVAILABLE CLOUD_UNREACHABLE")
                .forEach((spoiling, reason) -> {
                    Faults.Active fault = faults().add(file(spoiling));
                    assertThatThrownBy(() -> downloaded(id))
                            .as(spoiling.toString())
                            .isInstanceOfSatisfying(
                                    StatusRuntimeException.class,
                                    failure ->
                                            assertThat(Client.reason(failure)).isEqualTo(reason));
                    fault.remove();
                });
        assertThat(downloaded(id)).isEqualTo(bytes);
    }

    /** Not every Glance, nor what is before it, knows ranges. */
    @Test
    void isDownloadedFromItsMiddleThoughGlanceSendsAllOfIt() throws Exception {
        byte[] bytes = new byte[3 * CHUNK];
        Arrays.fill(bytes, (byte) 'a');
        String id = uploaded(bytes);
        DownloadImageRequest rest =
                download(id).toBuilder().setOffsetBytes(2L * CHUNK).build();
        String all = new String(bytes, StandardCharsets.US_ASCII);
        Faults.Active fault = faults().add(file(Fault.status(200, all)));
        assertThat(downloaded(rest)).isEqualTo(Arrays.copyOf(bytes, CHUNK));
        fault.remove();
        for (String other : List.of("b" + all.substring(1), all.substring(CHUNK), "a")) {
            Faults.Active spoiled = faults().add(file(Fault.status(200, other)));
            Contract.fails("INTERNAL UNREADABLE_ANSWER", () -> downloaded(rest));
            spoiled.remove();
        }
    }

    @Test
    void isNotDownloadedFromItsMiddleWhenThatIsNotWhatGlanceSends() throws Exception {
        byte[] bytes = random(2 * CHUNK);
        String id = uploaded(bytes);
        DownloadImageRequest rest =
                download(id).toBuilder().setOffsetBytes(CHUNK).build();
        for (Fault spoiling : List.of(
                new Fault.Truncate(CHUNK - 1),
                new Fault.Reply(206, Map.of("Content-Range", "bytes 0-9/10"), "0123456789"),
                new Fault.Reply(206, Map.of(), "0123456789"))) {
            Faults.Active fault = faults().add(file(spoiling));
            Contract.fails("INTERNAL UNREADABLE_ANSWER", () -> downloaded(rest));
            fault.remove();
        }
        assertThat(downloaded(rest)).isEqualTo(Arrays.copyOfRange(bytes, CHUNK, bytes.length));
    }

    private String uploaded(byte[] bytes) throws InterruptedException {
        Upload upload = begin(spec(unique()).build());
        upload.send(ByteString.copyFrom(bytes), 60);
        return finished(upload).getImage().getId();
    }

    private static FaultRule file(Fault fault) {
        return FaultRule.on("image", fault).method("GET").path("/v2/images/*/file");
    }

    /** Of 256 MiB no more than a few chunks are in memory at any time; simcloud writes them to a file. */
    @Test
    void isKeptNowhereOnItsWay() throws Exception {
        ByteString bytes = ByteString.copyFrom(random(CHUNK));
        Upload upload = begin(spec(unique()).build());
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int mib = 0; mib < 256; mib += 32) {
            for (int chunk = 0; chunk < 128; chunk++) {
                assertThat(upload.send(bytes, 60)).isTrue();
            }
            memory.gc();
            long live = memory.getHeapMemoryUsage().getUsed();
            least = Math.min(least, live);
            most = Math.max(most, live);
        }
        assertThat(finished(upload).getImage().getSizeBytes()).isEqualTo(256 << 20);
        System.out.println("images: live memory grew by " + (most - least) / 1024 + " KiB while 256 MiB went through");
        assertThat(most - least).isLessThan(32 << 20);
    }
}
