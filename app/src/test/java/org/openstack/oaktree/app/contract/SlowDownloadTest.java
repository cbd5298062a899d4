package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.image.v1.DownloadImageResponse;
import org.openstack.oaktree.image.v1.GetImageRequest;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.v1.Location;

/** What oaktree takes from Glance for a client that takes its time. */
@SuppressWarnings("NullAway.Init") // Each test has its own.
class SlowDownloadTest {
    private static final int CHUNK = 256 << 10;
    private static final int CHUNKS = 512;
    private static final Location HERE =
            Location.newBuilder().setCloud("tapped").build();

    private SimCloud cloud;
    private Tap tap;
    private Served served;
    private String image;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException, InterruptedException {
        cloud = SimCloud.start(SimOptions.defaults());
        String identity = cloud.identityUrl().toString();
        tap = new Tap(URI.create(identity.replaceFirst("/identity.*", "/image")));
        Path file = Files.writeString(folder.resolve("clouds.yaml"), """
                clouds:
                  tapped:
                    auth:
                      auth_url: %s
                      username: demo
                      password: demo
                      project_name: demo
                      user_domain_name: Default
                      project_domain_name: Default
                    region_name: RegionOne
                    image_endpoint_override: %s
                """.formatted(identity, tap.uri()));
        served = new Served(file, folder);
        Upload upload = new Upload(
                served.client(),
                CreateImageSpec.newBuilder().setLocation(HERE).setName("large").build());
        ByteString chunk = ByteString.copyFrom(new byte[CHUNK]);
        for (int n = 0; n < CHUNKS; n++) {
            assertThat(upload.send(chunk, 60)).isTrue();
        }
        image = upload.finish().getImage().getId();
    }

    @AfterEach
    void end() {
        served.close();
        tap.close();
        cloud.close();
    }

    private Iterator<DownloadImageResponse> download() {
        return served.client().stream(
                "DownloadImage",
                DownloadImageRequest.newBuilder()
                        .setLocation(HERE)
                        .setImage(image)
                        .build(),
                120);
    }

    /** How much was taken when no more is. */
    private long stalled() throws InterruptedException {
        long before = -1;
        for (long taken = tap.taken(); taken != before; taken = tap.taken()) {
            before = taken;
            Thread.sleep(2000);
        }
        return before;
    }

    @Test
    void aClientThatDoesNotReadStallsGlance() throws Exception {
        long before = tap.taken();
        Iterator<DownloadImageResponse> messages = download();
        assertThat(messages.next().hasImage()).isTrue();
        long taken = stalled() - before;
        System.out.println("images: a stalled client stalls Glance after " + taken / 1024 + " KiB");
        assertThat(taken).isBetween(1L << 10, 4L << 20);
        served.client()
                .call(
                        "GetImage",
                        GetImageRequest.newBuilder()
                                .setLocation(HERE)
                                .setImage(image)
                                .build());
        long rest = 0;
        while (messages.hasNext()) {
            rest += messages.next().getChunk().size();
        }
        assertThat(rest).isEqualTo((long) CHUNK * CHUNKS);
    }

    @Test
    void aClientThatLeavesEndsTheConnectionToGlance() throws Exception {
        Context.CancellableContext context = Context.current().withCancellation();
        Iterator<DownloadImageResponse> messages = context.call(this::download);
        assertThat(messages.next().hasImage()).isTrue();
        long taken = stalled();
        int left = tap.left();
        context.cancel(null);
        StockApi.until("the connection is closed", () -> tap.left() > left);
        assertThat(tap.taken() - taken).isLessThan(1L << 20);
    }

    /** Of 128 MiB no more than a few chunks are in memory at any time. */
    @Test
    void nothingIsKeptOnTheWay() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        Iterator<DownloadImageResponse> messages = download();
        assertThat(messages.next().hasImage()).isTrue();
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int n = 0; n < CHUNKS; n++) {
            assertThat(messages.next().getChunk().size()).isEqualTo(CHUNK);
            if (n % 64 == 0) {
                memory.gc();
                long live = memory.getHeapMemoryUsage().getUsed();
                least = Math.min(least, live);
                most = Math.max(most, live);
            }
        }
        assertThat(messages.hasNext()).isFalse();
        System.out.println(
                "images: live memory grew by " + (most - least) / 1024 + " KiB while 128 MiB were downloaded");
        assertThat(most - least).isLessThan(32 << 20);
    }
}
